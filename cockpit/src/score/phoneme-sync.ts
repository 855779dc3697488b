import { effect, signal } from '@preact/signals';
import { clearErrors, reportError } from '../state/errors.ts';
import { phonemize } from '../wire/daemon.ts';
import { asFailure, isAbort } from '../wire/failure.ts';
import type { Note, Phoneme, PhonemizeNote } from '../wire/types.ts';
import { shown } from './store.ts';

// Keeps the phonemes below the notes in step with the words. The daemon finds them; its limit of requests per minute is
// shared with renders, so edits are gathered and calls spaced.

const ACTION = 'Finding phonemes';
const QUIET_MS = 600;
const LEAST_GAP_MS = 5000;
const AFTER_LIMIT_MS = 20_000;
const MOST_NOTES = 1000;

/** A phoneme by its place inside its note, so that it moves with the note until the daemon has been asked again. */
export interface NotePhoneme {
  readonly symbol: string;
  readonly vowel: boolean;
  readonly fromNoteSec: number;
  readonly durSec: number;
}

export type SyncState = 'current' | 'waiting' | 'asking' | 'failed';

export const phonemesByNote = signal<ReadonlyMap<string, readonly NotePhoneme[]>>(new Map());
export const phonemeEvents = signal<readonly Phoneme[]>([]);
export const phonemeWarnings = signal<readonly string[]>([]);
export const syncState = signal<SyncState>('current');

interface Question {
  readonly text: string;
  readonly language: string;
  readonly notes: readonly Note[];
}

let lastCallMs = -LEAST_GAP_MS;
let lastAsked = '';

/** Watches the score. Returns the stop function. */
export function startPhonemeSync(): () => void {
  let timer: number | undefined;
  let abort: AbortController | undefined;
  const stop = effect(() => {
    const { notes, text, language, phonemes } = shown.value;
    window.clearTimeout(timer);
    if (phonemes !== undefined) {
      take(phonemes, [], notes);
      return;
    }
    const question = { text, language, notes };
    if (!hasWords(question)) {
      take([], [], notes);
      return;
    }
    if (syncState.peek() !== 'asking') syncState.value = 'waiting';
    const wait = Math.max(QUIET_MS, lastCallMs + LEAST_GAP_MS - performance.now());
    // Compared once the hands rest: during a drag every frame brings another score.
    timer = window.setTimeout(() => {
      if (fingerprint(question) === lastAsked) {
        syncState.value = 'current';
        return;
      }
      abort?.abort();
      abort = new AbortController();
      void askDaemon(question, abort.signal);
    }, wait);
  });
  return () => {
    window.clearTimeout(timer);
    abort?.abort();
    stop();
  };
}

/** Asks at once, as the Generate button and the Enter key want it. */
export async function refreshPhonemes(): Promise<void> {
  const { notes, text, language } = shown.value;
  const question = { text, language, notes };
  if (hasWords(question)) await askDaemon(question, undefined);
}

/** Syllables per word, found by singing each word on a note of its own and counting its vowels. */
export async function countSyllables(words: readonly string[], language: string): Promise<number[]> {
  const notes = words.map((lyric, index): Note => ({ id: `w${index}`, startSec: index, durationSec: 1, midi: 60, lyric }));
  const vowels = new Map<string, number>();
  for (let from = 0; from < notes.length; from += MOST_NOTES) {
    const { events } = await phonemize({ text: ' ', language, notes: notes.slice(from, from + MOST_NOTES) });
    lastCallMs = performance.now();
    for (const event of events) {
      if (event.kind === 'vowel' && event.noteId !== undefined) {
        vowels.set(event.noteId, (vowels.get(event.noteId) ?? 0) + 1);
      }
    }
  }
  return notes.map((note) => Math.max(1, vowels.get(note.id) ?? 1));
}

async function askDaemon(question: Question, signal: AbortSignal | undefined): Promise<void> {
  lastCallMs = performance.now();
  syncState.value = 'asking';
  try {
    const events: Phoneme[] = [];
    const warnings: string[] = [];
    for (const request of requestsOf(question)) {
      const answer = await phonemize(request, signal);
      events.push(...answer.events);
      warnings.push(...answer.warnings);
    }
    lastAsked = fingerprint(question);
    take(events, [...new Set(warnings)], question.notes);
    clearErrors(ACTION);
  } catch (problem) {
    if (isAbort(problem)) return;
    syncState.value = 'failed';
    const failure = asFailure(problem);
    // A hint that the daemon's limit is reached is no news to show: the next edit asks again later.
    if (failure.code === 'RATE_LIMITED') lastCallMs = performance.now() + AFTER_LIMIT_MS - LEAST_GAP_MS;
    else if (failure.code !== 'DAEMON_UNREACHABLE') reportError(ACTION, failure);
  }
}

/** One request for up to a thousand notes; long scores with lyrics on their notes go in several, parted at rests. */
function requestsOf({ text, language, notes }: Question) {
  const body = (part: readonly Note[]) => ({ text: text === '' ? ' ' : text, language, notes: part.map(wireNote) });
  if (notes.length <= MOST_NOTES || text !== '') return [body(notes.slice(0, MOST_NOTES))];
  const parts: Note[][] = [];
  let rest = notes;
  while (rest.length > MOST_NOTES) {
    const cut = lastRest(rest.slice(0, MOST_NOTES + 1));
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, [...rest]].map(body);
}

/** Index after which a new word begins, as far back as the list goes. */
function lastRest(notes: readonly Note[]): number {
  for (let i = notes.length - 1; i > 0; i -= 1) {
    const lyric = notes[i]?.lyric;
    if (lyric !== '+' && lyric !== '-') return i;
  }
  return notes.length - 1;
}

function wireNote({ id, startSec, durationSec, midi, lyric }: Note): PhonemizeNote {
  return { id, startSec, durationSec, midi: Math.round(midi), ...(lyric === undefined ? {} : { lyric }) };
}

function take(events: readonly Phoneme[], warnings: readonly string[], notes: readonly Note[]): void {
  const byNote = new Map<string, NotePhoneme[]>();
  const starts = new Map(notes.map((note) => [note.id, note.startSec]));
  for (const event of events) {
    const noteId = event.noteId ?? noteAt(notes, event.tSec);
    const start = noteId === undefined ? undefined : starts.get(noteId);
    if (noteId === undefined || start === undefined) continue;
    const list = byNote.get(noteId) ?? [];
    list.push({
      symbol: event.phoneme, vowel: event.kind === 'vowel', fromNoteSec: event.tSec - start, durSec: event.durSec,
    });
    byNote.set(noteId, list);
  }
  phonemesByNote.value = byNote;
  phonemeEvents.value = events;
  phonemeWarnings.value = warnings;
  syncState.value = 'current';
}

function noteAt(notes: readonly Note[], tSec: number): string | undefined {
  return notes.findLast((note) => note.startSec <= tSec + 1e-6 && tSec < note.startSec + note.durationSec)?.id;
}

function hasWords({ text, notes }: Question): boolean {
  return notes.length > 0 && (text.trim() !== '' || notes.some((note) => note.lyric !== undefined));
}

function fingerprint({ text, language, notes }: Question): string {
  return JSON.stringify([text, language, notes.map((note) => [note.id, note.startSec, note.durationSec, note.lyric])]);
}
