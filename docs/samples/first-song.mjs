// Renders four notes with words and saves the WAV. Node 20 or newer; the same fetch calls work in a browser.
import { writeFile } from 'node:fs/promises'

const base = process.env.CANTORA_URL ?? 'http://localhost:4321'
const score = {
  bpm: 90,
  lyrics: { text: 'amazing grace', language: 'en' },
  notes: [
    { id: '1', startSec: 0.0, durationSec: 0.6, midi: 55 },
    { id: '2', startSec: 0.6, durationSec: 1.2, midi: 60 },
    { id: '3', startSec: 1.8, durationSec: 0.6, midi: 64 },
    { id: '4', startSec: 2.4, durationSec: 1.4, midi: 60 },
  ],
}

const answer = await fetch(`${base}/api/v1/render`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ score, config: { presetId: 'default-voice' } }),
})
const result = await answer.json()
if (!answer.ok) throw new Error(`${result.code}: ${result.hint} (${result.requestId})`)

const audio = await fetch(base + result.audioUrl)
await writeFile('amazing-grace.wav', Buffer.from(await audio.arrayBuffer()))
console.log(`${result.durationSec} s, wavHash ${result.provenance.wavHash}`)
