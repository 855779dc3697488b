import type { LanePoint, Note } from '../../wire/types.ts';
import { laneValue } from './lanes.ts';

/**
 * Pitch of a note at a time in semitones, as the contract's sound law has it: glide from the pitch of the note that
 * started before, vibrato that grows over its onset, and the bend lane.
 */
export function pitchAt(note: Note, previous: Note | undefined, bend: readonly LanePoint[], tSec: number): number {
  const inside = tSec - note.startSec;
  const { vibrato } = note;
  let midi = note.midi;
  if (vibrato !== undefined && vibrato.depthCents > 0) {
    const grown = vibrato.onsetSec > 0 ? Math.min(1, inside / vibrato.onsetSec) : 1;
    midi += (vibrato.depthCents / 100) * grown * Math.sin(2 * Math.PI * vibrato.rateHz * inside);
  }
  const glide = note.portamentoSec ?? 0;
  if (previous !== undefined && glide > 0 && inside < glide) {
    midi = previous.midi + (midi - previous.midi) * (inside / glide);
  }
  return midi + laneValue(bend, tSec, 0) / 100;
}

/** The pitch that a bend is drawn against: the note and the glide into it, without vibrato. */
export function glideAt(note: Note, previous: Note | undefined, tSec: number): number {
  const { vibrato: _vibrato, ...plain } = note;
  return pitchAt(plain, previous, [], tSec);
}

/** Lists of notes never change, and the roll asks with every frame. */
const cache = new WeakMap<readonly Note[], ReadonlyMap<string, Note>>();

/** For each note the one that starts before it, by the order of the sorted list. */
export function predecessors(notes: readonly Note[]): ReadonlyMap<string, Note> {
  const known = cache.get(notes);
  if (known !== undefined) return known;
  const before = new Map<string, Note>();
  let previous: Note | undefined;
  let current: Note | undefined;
  for (const note of notes) {
    if (current !== undefined && note.startSec > current.startSec) previous = current;
    if (previous !== undefined) before.set(note.id, previous);
    current = note;
  }
  cache.set(notes, before);
  return before;
}
