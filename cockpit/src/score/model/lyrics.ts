import type { Note } from '../../wire/types.ts';

// The notation of a note's lyric: a word, perhaps with its phonemes in brackets (`live[L AY V]`); `+` takes the next
// syllable of the word before, `-` holds the syllable before.

export const NEXT_SYLLABLE = '+';
export const HOLD = '-';
const LONGEST_LYRIC = 64;

export interface LyricParts {
  readonly word: string;
  /** Symbols in brackets, undefined when the daemon is to find them. */
  readonly phonemes: readonly string[] | undefined;
}

export function lyricParts(lyric: string | undefined): LyricParts {
  const match = /^([^[\]]*)\[([^[\]]*)\]\s*$/.exec(lyric ?? '');
  if (match === null) return { word: (lyric ?? '').trim(), phonemes: undefined };
  const [, word = '', inside = ''] = match;
  return { word: word.trim(), phonemes: symbolsOf(inside) };
}

/** A lyric with corrected phonemes; undefined when it would be too long for the wire. */
export function lyricWithPhonemes(word: string, phonemes: readonly string[]): string | undefined {
  const lyric = phonemes.length === 0 ? word : `${word}[${phonemes.join(' ')}]`;
  return lyric.length <= LONGEST_LYRIC ? lyric : undefined;
}

export function symbolsOf(text: string): string[] {
  return text.toUpperCase().split(/[\s,]+/).filter((symbol) => symbol !== '');
}

const SYMBOLS = new Set(('AA AE AH AO AW AX AXR AY EH ER EY IH IX IY OW OY UH UW UX '
  + 'B CH D DH DX EL EM EN F G HH JH K L M N NG NX P Q R S SH T TH V W WH Y Z ZH').split(' '));

/** The first symbol that is not ARPAbet, undefined when all are. Stress digits are allowed. */
export function unknownSymbol(symbols: readonly string[]): string | undefined {
  return symbols.find((symbol) => !SYMBOLS.has(symbol.replace(/[012]$/, '')));
}

export function isContinuation(lyric: string | undefined): boolean {
  return lyric === NEXT_SYLLABLE || lyric === HOLD;
}

/** Words of a text as they are laid on notes: hints stay with their word, a hyphen inside a word parts syllables. */
export function wordsOf(text: string): string[] {
  const chunks = text.match(/[^\s[\]]*\[[^\]]*\]|[^\s[\]]+/g) ?? [];
  return chunks.filter((chunk) => isContinuation(chunk) || chunk === '_' || /[\p{L}\p{N}[]/u.test(chunk))
    .map((chunk) => (chunk === '_' ? HOLD : chunk));
}

export interface Laid {
  /** Note id to its lyric. */
  readonly lyrics: ReadonlyMap<string, string>;
  /** Words that found no note. */
  readonly left: readonly string[];
}

/**
 * Lays words on notes in time order. A word of several syllables takes as many notes: the word on the first, `+` on the
 * rest. Notes beyond the last word keep what they have.
 */
export function layWords(words: readonly string[], syllables: readonly number[], notes: readonly Note[]): Laid {
  const lyrics = new Map<string, string>();
  let at = 0;
  let used = 0;
  for (const [index, word] of words.entries()) {
    if (at >= notes.length) break;
    const count = Math.max(1, syllables[index] ?? 1);
    for (let syllable = 0; syllable < count && at < notes.length; syllable += 1, at += 1) {
      const note = notes[at];
      if (note !== undefined) lyrics.set(note.id, syllable === 0 ? word : NEXT_SYLLABLE);
    }
    used = index + 1;
  }
  return { lyrics, left: words.slice(used) };
}

/** Ids of the notes that sing one word together: the word's own note and the `+` and `-` that follow it. */
export function wordChain(notes: readonly Note[], id: string): string[] {
  let first = notes.findIndex((note) => note.id === id);
  if (first < 0) return [];
  while (first > 0 && isContinuation(notes[first]?.lyric)) first -= 1;
  const chain: string[] = [];
  for (let i = first; i < notes.length; i += 1) {
    const note = notes[i];
    if (note === undefined || (i > first && !isContinuation(note.lyric))) break;
    chain.push(note.id);
  }
  return chain;
}
