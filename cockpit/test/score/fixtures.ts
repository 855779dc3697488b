import { EMPTY_DOCUMENT, type ScoreDocument } from '../../src/score/model/document.ts';
import type { Note } from '../../src/wire/types.ts';

export function note(id: string, startSec: number, durationSec: number, midi: number, more: Partial<Note> = {}): Note {
  return { id, startSec, durationSec, midi, ...more };
}

export function documentWith(...notes: Note[]): ScoreDocument {
  return { ...EMPTY_DOCUMENT, notes };
}

export const ids = (...names: string[]): ReadonlySet<string> => new Set(names);
