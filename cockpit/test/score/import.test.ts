import { expect, it } from 'vitest';
import { joinSyllables } from '../../src/score/import/syllables.ts';

it('words written syllable by syllable stand whole on their first note', () => {
  const notes = ['A-', '-', 'men', undefined, 'sing'].map((lyric, at) => ({
    id: `n${at}`, startSec: at, durationSec: 1, midi: 60, ...(lyric === undefined ? {} : { lyric }),
  }));
  expect(joinSyllables(notes).map((note) => note.lyric)).toEqual(['Amen', '-', '+', undefined, 'sing']);
});
