import { reportError } from '../state/errors.ts';
import { Failure } from '../wire/failure.ts';
import type { Note } from '../wire/types.ts';
import {
  deleteNotes, endOfScoreSec, insertNotes, moveNotes, patchNotes, quantise, resizeNotes, splitNotes,
} from './model/edits.ts';
import { barSec, snapDown } from './model/grid.ts';
import { layWords, lyricWithPhonemes, unknownSymbol, wordChain, wordsOf } from './model/lyrics.ts';
import { pitchName } from './model/pitch-names.ts';
import { countSyllables, phonemesByNote } from './phoneme-sync.ts';
import { announce, edit, saved, select, selectedNotes, selection } from './store.ts';
import { snapStep } from './view-state.ts';

// What buttons, keys and menus do to the score.

/** Notes that were copied, with times from the first one on. */
let clipboard: readonly Note[] = [];

export function deleteSelection(): void {
  const count = selection.value.size;
  edit(deleteNotes(saved.value, selection.value));
  announce(`${count} ${count === 1 ? 'note' : 'notes'} deleted`);
}

export function selectAll(): void {
  select(saved.value.notes.map((note) => note.id));
  announce(`${selection.value.size} notes selected`);
}

export function copySelection(): void {
  const notes = selectedNotes.value;
  const first = notes[0]?.startSec;
  if (first === undefined) return;
  clipboard = notes.map((note) => ({ ...note, startSec: note.startSec - first }));
  announce(`${notes.length} ${notes.length === 1 ? 'note' : 'notes'} copied`);
}

export function cutSelection(): void {
  copySelection();
  deleteSelection();
}

/** Pastes at a time, or after the end of the score. */
export function paste(atSec: number | undefined): void {
  if (clipboard.length === 0) return;
  const place = atSec ?? endOfScoreSec(saved.value, barSec(saved.value.bpm, saved.value.meter));
  const { document, ids } = insertNotes(saved.value, clipboard, snapDown(place, snapStep.value));
  edit(document);
  select(ids);
  announce(`${ids.size} notes pasted`);
}

/** Puts a copy of the selection right behind it. */
export function duplicateSelection(): void {
  const notes = selectedNotes.value;
  const first = notes[0];
  if (first === undefined) return;
  const end = Math.max(...notes.map((note) => note.startSec + note.durationSec));
  const { document, ids } = insertNotes(saved.value, notes, end - first.startSec);
  edit(document);
  select(ids);
}

/** Arrow keys: one grid step (10 ms without grid) or one semitone; a held key is one step of the history. */
export function nudge(steps: number, semitones: number): void {
  edit(moveNotes(saved.value, selection.value, steps * (snapStep.value ?? 0.01), semitones), 'nudge');
  describeSelection();
}

export function stretch(steps: number): void {
  const step = snapStep.value ?? 0.01;
  edit(resizeNotes(saved.value, selection.value, 'end', steps * step, Math.min(step, 0.1)), 'stretch');
  describeSelection();
}

export function quantiseSelection(): void {
  const ids = selection.value.size > 0 ? selection.value : new Set(saved.value.notes.map((note) => note.id));
  edit(quantise(saved.value, ids, snapStep.value ?? 0.01, { strength: 1, ends: true }));
  announce(`${ids.size} notes quantised`);
}

export function splitSelection(atSec: number): void {
  edit(splitNotes(saved.value, selection.value, atSec));
}

/** Moves the selection to the neighbour of its first note. */
export function selectNeighbour(step: 1 | -1): void {
  const { notes } = saved.value;
  const at = notes.findIndex((note) => selection.value.has(note.id));
  const index = at < 0 ? (step > 0 ? 0 : notes.length - 1) : Math.min(notes.length - 1, Math.max(0, at + step));
  const next = notes[index];
  if (next === undefined) return;
  select([next.id]);
  describeSelection();
}

export function describeSelection(): void {
  const [only, second] = selectedNotes.value;
  if (only === undefined) announce('Nothing selected');
  else if (second === undefined) announce(describeNote(only));
  else announce(`${selection.value.size} notes selected`);
}

export function describeNote(note: Note): string {
  const words = note.lyric === undefined ? '' : `, “${note.lyric}”`;
  return `${pitchName(note.midi)}${words}, at ${note.startSec.toFixed(2)} s, ${note.durationSec.toFixed(2)} s long`;
}

export function setLyric(id: string, lyric: string): void {
  const text = lyric.trim();
  edit(patchNotes(saved.value, new Set([id]), { lyric: text === '' ? undefined : text.slice(0, 64) }));
}

/**
 * Puts corrected phonemes on a note. The other notes of its word get theirs spelled out too, since a word whose
 * syllables are partly given by hand can no longer be counted.
 */
export function setPhonemes(id: string, symbols: readonly string[]): void {
  const wrong = unknownSymbol(symbols);
  if (wrong !== undefined) {
    reportError('Correcting phonemes', new Failure('INVALID_PHONEME', `${wrong} is no ARPAbet symbol.`, {
      hint: 'Use symbols such as AH, EE is written IY; the list is in the handbook.',
    }));
    return;
  }
  let document = saved.value;
  for (const member of wordChain(document.notes, id)) {
    const note = document.notes.find((candidate) => candidate.id === member);
    const sung = member === id ? symbols : phonemesByNote.value.get(member)?.map((phoneme) => phoneme.symbol);
    if (note === undefined || note.lyric === '-' && member !== id || sung === undefined || sung.length === 0) continue;
    const word = (note.lyric ?? '').replace(/\[.*$/, '').replace(/^[+-]$/, '');
    const lyric = lyricWithPhonemes(word, sung);
    if (lyric !== undefined) document = patchNotes(document, new Set([member]), { lyric });
  }
  edit(document);
}

/** Lays a text on the selected notes (two or more) or on all, a syllable a note. */
export async function layText(text: string): Promise<void> {
  const words = wordsOf(text);
  const notes = selection.value.size > 1 ? selectedNotes.value : saved.value.notes;
  if (words.length === 0 || notes.length === 0) return;
  const syllables = await countSyllables(words, saved.value.language);
  const { lyrics, left } = layWords(words, syllables, notes);
  let document = saved.value;
  document = {
    ...document,
    phonemes: undefined,
    notes: document.notes.map((note) => {
      const lyric = lyrics.get(note.id);
      return lyric === undefined ? note : { ...note, lyric };
    }),
    text: left.join(' '),
  };
  edit(document);
  announce(left.length === 0 ? 'Words laid on the notes' : `${left.length} words found no note`);
}
