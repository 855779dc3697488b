import type { Lanes, Note } from '../../wire/types.ts';
import {
  DEFAULT_VELOCITY, endSec, LAST_SEC, MIN_NOTE_SEC, newNoteId, sortNotes, type Meter, type ScoreDocument,
} from './document.ts';
import { roundSec, snapNearest } from './grid.ts';
import { scaleLanes } from './lanes.ts';

// Every change that the editor can make to the notes, as functions from document to document.

export type Ids = ReadonlySet<string>;

export interface NewNote {
  readonly startSec: number;
  readonly durationSec: number;
  readonly midi: number;
  readonly lyric?: string;
}

export function addNote(document: ScoreDocument, wanted: NewNote): { document: ScoreDocument; id: string } {
  const id = newNoteId(idsOf(document.notes));
  const note: Note = { velocity: DEFAULT_VELOCITY, ...wanted, id };
  return { document: withNotes(document, [...document.notes, note]), id };
}

export function deleteNotes(document: ScoreDocument, ids: Ids): ScoreDocument {
  if (ids.size === 0) return document;
  return withNotes(document, document.notes.filter((note) => !ids.has(note.id)));
}

/** Moves notes together: the shift is cut where the first of them would leave the roll. */
export function moveNotes(document: ScoreDocument, ids: Ids, shiftSec: number, semitones: number): ScoreDocument {
  const moved = document.notes.filter((note) => ids.has(note.id));
  if (moved.length === 0) return document;
  const first = Math.min(...moved.map((note) => note.startSec));
  const last = Math.max(...moved.map((note) => note.startSec));
  const low = Math.min(...moved.map((note) => note.midi));
  const high = Math.max(...moved.map((note) => note.midi));
  const sec = Math.min(LAST_SEC - last, Math.max(-first, shiftSec));
  const steps = Math.min(127 - high, Math.max(-low, semitones));
  if (sec === 0 && steps === 0) return document;
  return mapNotes(document, ids, (note) => ({
    ...note,
    startSec: roundSec(note.startSec + sec),
    midi: note.midi + steps,
  }));
}

export type Edge = 'start' | 'end';

/** Moves one edge of notes; the other stays. */
export function resizeNotes(
  document: ScoreDocument, ids: Ids, edge: Edge, shiftSec: number, minSec = MIN_NOTE_SEC,
): ScoreDocument {
  return mapNotes(document, ids, (note) => {
    const shortest = Math.min(minSec, note.durationSec);
    if (edge === 'end') {
      return { ...note, durationSec: roundSec(Math.max(shortest, note.durationSec + shiftSec)) };
    }
    const shift = Math.min(note.durationSec - shortest, Math.max(-note.startSec, shiftSec));
    return {
      ...note,
      startSec: roundSec(note.startSec + shift),
      durationSec: roundSec(note.durationSec - shift),
    };
  });
}

/** Sets members of notes; a member set to undefined is taken away. */
export function patchNotes(
  document: ScoreDocument, ids: Ids, patch: { readonly [K in keyof Note]?: Note[K] | undefined },
): ScoreDocument {
  return mapNotes(document, ids, (note) => {
    const merged = { ...note, ...patch };
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as Note;
  });
}

/** Pulls starts (and, if wanted, ends) towards the grid; strength 1 puts them on it. */
export function quantise(
  document: ScoreDocument, ids: Ids, step: number, options: { readonly strength: number; readonly ends: boolean },
): ScoreDocument {
  const pull = (sec: number): number => sec + (snapNearest(sec, step) - sec) * options.strength;
  return mapNotes(document, ids, (note) => {
    const startSec = roundSec(Math.max(0, pull(note.startSec)));
    const end = note.startSec + note.durationSec;
    const wantedEnd = options.ends ? pull(end) : startSec + note.durationSec;
    return { ...note, startSec, durationSec: roundSec(Math.max(MIN_NOTE_SEC, wantedEnd - startSec)) };
  });
}

/** Cuts notes at a time; the second part carries the syllable on. */
export function splitNotes(document: ScoreDocument, ids: Ids, atSec: number): ScoreDocument {
  const taken = new Set(idsOf(document.notes));
  const cut = (note: Note): boolean =>
    ids.has(note.id) && atSec > note.startSec + MIN_NOTE_SEC && atSec < note.startSec + note.durationSec - MIN_NOTE_SEC;
  if (!document.notes.some(cut)) return document;
  const notes = document.notes.flatMap((note) => {
    if (!cut(note)) return [note];
    const id = newNoteId(taken);
    taken.add(id);
    const end = note.startSec + note.durationSec;
    const second: Note = { ...note, id, startSec: roundSec(atSec), durationSec: roundSec(end - atSec), lyric: '-' };
    return [{ ...note, durationSec: roundSec(atSec - note.startSec) }, second];
  });
  return withNotes(document, notes);
}

/** A copy of notes at another place, under new ids; answers those ids. */
export function insertNotes(
  document: ScoreDocument, notes: readonly Note[], shiftSec: number,
): { document: ScoreDocument; ids: Set<string> } {
  const taken = new Set(idsOf(document.notes));
  const ids = new Set<string>();
  const copies = notes.map((note) => {
    const id = newNoteId(taken);
    taken.add(id);
    ids.add(id);
    return { ...note, id, startSec: roundSec(Math.min(LAST_SEC, Math.max(0, note.startSec + shiftSec))) };
  });
  return { document: withNotes(document, [...document.notes, ...copies]), ids };
}

/** A new tempo. The wire's notes are in seconds, so beats are kept only by moving notes and lanes along. */
export function setTempo(document: ScoreDocument, bpm: number, keepBeats: boolean): ScoreDocument {
  if (bpm === document.bpm) return document;
  if (!keepBeats) return { ...document, bpm };
  const factor = document.bpm / bpm;
  const scaled = document.notes.map((note) => ({
    ...note,
    startSec: roundSec(note.startSec * factor),
    durationSec: roundSec(Math.max(MIN_NOTE_SEC, note.durationSec * factor)),
  }));
  return { ...withNotes(document, scaled), bpm, lanes: scaleLanes(document.lanes, factor) };
}

export function setMeter(document: ScoreDocument, meter: Meter): ScoreDocument {
  return { ...document, meter };
}

export function setLanes(document: ScoreDocument, lanes: Lanes): ScoreDocument {
  return { ...document, lanes };
}

export function idsOf(notes: readonly Note[]): Set<string> {
  return new Set(notes.map((note) => note.id));
}

/** Where appended material goes: the next bar after the last note. */
export function endOfScoreSec(document: ScoreDocument, bar: number): number {
  return roundSec(Math.ceil(endSec(document) / bar - 1e-6) * bar);
}

function mapNotes(document: ScoreDocument, ids: Ids, change: (note: Note) => Note): ScoreDocument {
  if (ids.size === 0) return document;
  return withNotes(document, document.notes.map((note) => (ids.has(note.id) ? change(note) : note)));
}

/** Frozen phonemes belong to the notes as they were; they do not survive a change of the notes. */
function withNotes(document: ScoreDocument, notes: readonly Note[]): ScoreDocument {
  return { ...document, notes: sortNotes(notes), phonemes: undefined };
}
