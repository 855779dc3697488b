import { isContinuation, NEXT_SYLLABLE } from '../model/lyrics.ts';

export interface WrittenSyllable {
  readonly lyric: string | undefined;
  /** Whether the word goes on with the next lyric. */
  readonly wordGoesOn: boolean;
}

/**
 * Puts words together that are written syllable by syllable: the word on its first note, `+` on the others, so that the
 * daemon looks up `Amen` instead of `A` and `men`.
 */
export function joinSyllables<T extends WrittenSyllable>(notes: readonly T[]): T[] {
  const joined: T[] = [];
  let first: number | undefined;
  for (const note of notes) {
    const { lyric } = note;
    if (lyric === undefined || isContinuation(lyric)) {
      joined.push(note);
      continue;
    }
    const before = first === undefined ? undefined : joined[first];
    if (first === undefined || before === undefined) {
      if (note.wordGoesOn) first = joined.length;
      joined.push(note);
      continue;
    }
    joined[first] = { ...before, lyric: `${before.lyric ?? ''}${lyric}`.slice(0, 64) };
    joined.push({ ...note, lyric: NEXT_SYLLABLE });
    if (!note.wordGoesOn) first = undefined;
  }
  return joined;
}
