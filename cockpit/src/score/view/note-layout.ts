import type { Note } from '../../wire/types.ts';
import { midiToY, pxPerSec, pxPerSemitone, secToX } from '../view-state.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Zone = 'start' | 'body' | 'end';

export interface Hit {
  readonly note: Note;
  readonly zone: Zone;
}

const LEAST_WIDTH = 3;
const EDGE_PX = 7;

export function noteBox(note: Note): Box {
  return {
    x: secToX(note.startSec),
    y: midiToY(note.midi) + 1,
    width: Math.max(LEAST_WIDTH, note.durationSec * pxPerSec.value),
    height: pxPerSemitone.value - 2,
  };
}

/** What is under the pointer; of notes that overlap, the one drawn last. Edges yield to the body on narrow notes. */
export function hitNote(notes: readonly Note[], x: number, y: number): Hit | undefined {
  for (let i = notes.length - 1; i >= 0; i -= 1) {
    const note = notes[i];
    if (note === undefined) continue;
    const box = noteBox(note);
    if (y < box.y - 1 || y > box.y + box.height + 1 || x < box.x - 2 || x > box.x + box.width + 2) continue;
    return { note, zone: zoneOf(x - box.x, box.width) };
  }
  return undefined;
}

function zoneOf(inside: number, width: number): Zone {
  const edge = Math.min(EDGE_PX, width / 3);
  if (inside > width - edge) return 'end';
  return inside < edge && width > 3 * EDGE_PX ? 'start' : 'body';
}

/** Ids of the notes that a rectangle touches. */
export function notesInBox(notes: readonly Note[], area: Box): string[] {
  return notes.filter((note) => {
    const box = noteBox(note);
    return box.x < area.x + area.width && box.x + box.width > area.x
      && box.y < area.y + area.height && box.y + box.height > area.y;
  }).map((note) => note.id);
}

export function boxBetween(x0: number, y0: number, x1: number, y1: number): Box {
  return { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
}
