// The handbook's samples, run as they stand there against a real daemon.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import test, { after, before } from 'node:test'
import { startDaemon } from '../../cockpit/e2e/daemon.mjs'

const docs = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cantora-samples-'))
const run = promisify(execFile)
let daemon
let settings

before(async () => {
  daemon = await startDaemon()
  // curl ends with an error for whatever the daemon refuses
  writeFileSync(join(folder, '.curlrc'), 'fail-with-body\n')
  settings = { cwd: folder, env: { PATH: process.env.PATH, HOME: folder, CURL_HOME: folder, CANTORA_URL: daemon.base } }
  writeFileSync(join(folder, 'song.json'), JSON.stringify({
    score: { bpm: 120, notes: [{ id: 'a', startSec: 0, durationSec: 0.5, midi: 60, lyric: 'la' }] }, config: { presetId: 'default-voice' },
  }))
  writeFileSync(join(folder, 'song.musicxml'), `<score-partwise><part-list/><part id="P1"><measure><attributes><divisions>1</divisions></attributes>
    <note><pitch><step>C</step><octave>4</octave></pitch><duration>1</duration></note></measure></part></score-partwise>`)
})
after(async () => {
  await daemon?.stop()
  rmSync(folder, { recursive: true, force: true })
})

for (const [program, sample] of [['sh', 'first-song.sh'], [process.execPath, 'first-song.mjs']]) {
  test(`${sample} saves a song`, async () => {
    rmSync(join(folder, 'amazing-grace.wav'), { force: true })
    await run(program, [join(docs, 'samples', sample)], settings)
    assert.equal(readFileSync(join(folder, 'amazing-grace.wav')).toString('latin1', 0, 4), 'RIFF')
  })
}

const pages = readdirSync(`${docs}handbook`).filter((name) => name.endsWith('.md'))
const calls = pages.flatMap((page) => [...readFileSync(`${docs}handbook/${page}`, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)]
  .map(([, text]) => ({ page, text })).filter(({ text }) => /^curl /m.test(text) && text.includes('localhost:4321')))

test('there are calls in the handbook', () => assert.ok(calls.length >= 2, String(calls.length)))

for (const { page, text } of calls) {
  test(`${page}: ${text.split('\n')[0]}`, async () => {
    const { stdout } = await run('sh', ['-e', '-c', text.replaceAll('http://localhost:4321', daemon.base)], settings)
    assert.ok(stdout.includes('"ok":true'), stdout)
  })
}
