import type { Lanes, Note, Phoneme, RenderConfig, Score } from '../../wire/types.ts';

/** Metre for the grid; the wire's score has none, so it is kept beside it. */
export interface Meter {
  readonly beats: number;
  readonly unit: 2 | 4 | 8 | 16;
}

/** What the editor edits, undoes and saves. Immutable: every edit makes a new one that shares what did not change. */
export interface ScoreDocument {
  readonly title: string;
  readonly bpm: number;
  readonly meter: Meter;
  /** Sorted by start, then pitch; ids are unique. */
  readonly notes: readonly Note[];
  /** Words for notes without a lyric of their own. */
  readonly text: string;
  readonly language: string;
  readonly lanes: Lanes;
  /** Phonemes that came with the score or were frozen by hand; undefined lets the daemon derive them. */
  readonly phonemes: readonly Phoneme[] | undefined;
  readonly dictionary: Readonly<Record<string, string[]>>;
  /** Members of the score that this editor does not know; kept for the daemon. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly engine: EngineConfig;
}

/** The render config with the cockpit's defaults filled in. */
export interface EngineConfig {
  readonly presetId: string;
  /** Empty: the voice's own. */
  readonly defaultTimbre: string;
  readonly maxPolyphony: number;
  readonly deterministic: 'exact' | 'fast';
  readonly rngSeed: number;
  readonly channels: 1 | 2;
}

export const DEFAULT_VELOCITY = 0.8;
export const MIN_NOTE_SEC = 0.01;
export const LAST_SEC = 3600;

export const DEFAULT_ENGINE: EngineConfig = {
  presetId: 'default-voice',
  defaultTimbre: '',
  maxPolyphony: 4,
  deterministic: 'exact',
  rngSeed: 123456789,
  channels: 1,
};

export const EMPTY_DOCUMENT: ScoreDocument = {
  title: 'Untitled',
  bpm: 120,
  meter: { beats: 4, unit: 4 },
  notes: [],
  text: '',
  language: 'en',
  lanes: {},
  phonemes: undefined,
  dictionary: {},
  extra: {},
  engine: DEFAULT_ENGINE,
};

const KNOWN_MEMBERS = new Set(['formatVersion', 'bpm', 'notes', 'lyrics', 'phonemes', 'lanes', 'dictionary']);

/** A document from a score of the wire. The score has to fit the contract (see score-check.ts). */
export function documentOf(score: Score, title: string, engine: EngineConfig): ScoreDocument {
  return {
    title,
    bpm: score.bpm,
    meter: EMPTY_DOCUMENT.meter,
    notes: sortNotes(withUniqueIds(score.notes)),
    text: score.lyrics?.text ?? '',
    language: score.lyrics?.language ?? 'en',
    lanes: score.lanes ?? {},
    phonemes: score.phonemes,
    dictionary: score.dictionary ?? {},
    extra: Object.fromEntries(Object.entries(score).filter(([member]) => !KNOWN_MEMBERS.has(member))),
    engine,
  };
}

/** The score as it goes over the wire. */
export function scoreOf(document: ScoreDocument): Score {
  const score: Score = {
    ...document.extra,
    formatVersion: '1.0.0',
    bpm: document.bpm,
    notes: [...document.notes],
  };
  if (document.text !== '' || document.notes.some((note) => note.lyric !== undefined)) {
    score.lyrics = { text: document.text, language: document.language };
  }
  if (document.phonemes !== undefined) score.phonemes = [...document.phonemes];
  if (Object.keys(document.lanes).length > 0) score.lanes = document.lanes;
  if (Object.keys(document.dictionary).length > 0) score.dictionary = document.dictionary;
  return score;
}

export function renderConfigOf(engine: EngineConfig): RenderConfig {
  const { defaultTimbre, ...config } = engine;
  return defaultTimbre === '' ? config : { ...config, defaultTimbre };
}

export function endSec(document: Pick<ScoreDocument, 'notes'>): number {
  return document.notes.reduce((end, note) => Math.max(end, note.startSec + note.durationSec), 0);
}

export function sortNotes(notes: readonly Note[]): Note[] {
  return [...notes].sort((a, b) => a.startSec - b.startSec || a.midi - b.midi);
}

let idCounter = 0;

export function newNoteId(taken: ReadonlySet<string>): string {
  let id: string;
  do {
    idCounter += 1;
    id = `n${idCounter}`;
  } while (taken.has(id));
  return id;
}

/** The wire allows equal ids, an editor does not: later doubles get new ones. */
function withUniqueIds(notes: readonly Note[]): Note[] {
  const given = new Set(notes.map((note) => note.id));
  const seen = new Set<string>();
  return notes.map((note) => {
    const id = seen.has(note.id) ? newNoteId(given) : note.id;
    given.add(id);
    seen.add(id);
    return id === note.id ? note : { ...note, id };
  });
}
