import { Midi } from '@tonejs/midi';
import type { Score } from '../wire/types.ts';

/** A score as a Standard MIDI file: one track, the tempo, and each note's lyric as an event. */
export function midiOf(score: Score, name: string): Blob {
  const midi = new Midi();
  midi.header.setTempo(score.bpm);
  midi.name = name;
  const track = midi.addTrack();
  for (const note of score.notes) {
    track.addNote({ midi: Math.round(note.midi), time: note.startSec, duration: note.durationSec, velocity: note.velocity ?? 0.8 });
    if (note.lyric !== undefined && note.lyric !== '') {
      midi.header.meta.push({ type: 'lyrics', text: note.lyric, ticks: midi.header.secondsToTicks(note.startSec) });
    }
  }
  return new Blob([midi.toArray() as Uint8Array<ArrayBuffer>], { type: 'audio/midi' });
}
