import type { Note } from '../../wire/types.ts';
import { isContinuation, NEXT_SYLLABLE } from '../model/lyrics.ts';

const LONGEST_LYRIC = 64;

/**
 * Puts words together that are written syllable by syllable, each with a hyphen that the next one follows: the word on its
 * first note, `+` on the others, so that the word can be read and edited as one.
 */
export function joinSyllables(notes: readonly Note[]): Note[] {
  const joined: Note[] = [];
  let first: number | undefined;
  for (const note of notes) {
    const { lyric } = note;
    if (lyric === undefined || isContinuation(lyric)) {
      joined.push(note);
      continue;
    }
    const goesOn = lyric.length > 1 && lyric.endsWith('-');
    const syllable = goesOn ? lyric.slice(0, -1) : lyric;
    const word = first === undefined ? undefined : joined[first];
    if (first === undefined || word === undefined) {
      if (goesOn) first = joined.length;
      joined.push({ ...note, lyric: syllable });
      continue;
    }
    joined[first] = { ...word, lyric: `${word.lyric ?? ''}${syllable}`.slice(0, LONGEST_LYRIC) };
    joined.push({ ...note, lyric: NEXT_SYLLABLE });
    if (!goesOn) first = undefined;
  }
  return joined;
}
