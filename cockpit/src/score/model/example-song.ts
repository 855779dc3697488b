import type { Note } from '../../wire/types.ts';
import { EMPTY_DOCUMENT, type ScoreDocument } from './document.ts';
import { roundSec } from './grid.ts';

/** Beats, pitch and word of the first line of "Amazing Grace" (tune "New Britain", 1829; words by John Newton, 1779). */
const LINE: readonly (readonly [beats: number, midi: number, lyric: string])[] = [
  [1, 55, 'amazing'], [2, 60, '+'], [0.5, 64, '+'], [0.5, 60, '-'], [2, 64, 'grace'], [1, 62, 'how'], [2, 60, 'sweet'], [1, 57, 'the'],
  [3, 55, 'sound'],
];
const BPM = 84;
/** Long notes bloom into vibrato, as singers do it. */
const VIBRATO_FROM_BEATS = 2;

export function exampleSong(): ScoreDocument {
  const beat = 60 / BPM;
  let at = 2;
  const notes = LINE.map(([beats, midi, lyric], index): Note => {
    const startSec = roundSec(at * beat);
    at += beats;
    return {
      id: `e${index + 1}`, startSec, durationSec: roundSec(beats * beat), midi, velocity: 0.8, lyric,
      ...(beats >= VIBRATO_FROM_BEATS ? { vibrato: { rateHz: 5.5, depthCents: 35, onsetSec: 0.4 } } : {}),
      ...(lyric === '-' ? { portamentoSec: 0.08 } : {}),
    };
  });
  return { ...EMPTY_DOCUMENT, title: 'Amazing Grace', bpm: BPM, meter: { beats: 3, unit: 4 }, notes };
}
