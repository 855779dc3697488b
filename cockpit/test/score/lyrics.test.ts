import { describe, expect, it } from 'vitest';
import {
  layWords, lyricParts, lyricWithPhonemes, symbolsOf, unknownSymbol, wordChain, wordsOf,
} from '../../src/score/model/lyrics.ts';
import { note } from './fixtures.ts';

describe('the notation of a lyric', () => {
  it('parts a word from its phonemes', () => {
    expect(lyricParts('live[l ay v]')).toEqual({ word: 'live', phonemes: ['L', 'AY', 'V'] });
    expect(lyricParts('[HH AH]')).toEqual({ word: '', phonemes: ['HH', 'AH'] });
    expect(lyricParts('sun')).toEqual({ word: 'sun', phonemes: undefined });
    expect(lyricParts(undefined)).toEqual({ word: '', phonemes: undefined });
  });

  it('puts them together again, unless that is too long for the wire', () => {
    expect(lyricWithPhonemes('live', ['L', 'AY', 'V'])).toBe('live[L AY V]');
    expect(lyricWithPhonemes('live', [])).toBe('live');
    expect(lyricWithPhonemes('x'.repeat(60), ['AH', 'AH'])).toBeUndefined();
  });

  it('finds symbols that do not exist', () => {
    expect(unknownSymbol(symbolsOf('hh ah1, l ow'))).toBeUndefined();
    expect(unknownSymbol(['HH', 'XX'])).toBe('XX');
  });
});

describe('laying words on notes', () => {
  const notes = ['a', 'b', 'c', 'd'].map((id, i) => note(id, i, 1, 60));

  it('takes a note per syllable', () => {
    const { lyrics, left } = layWords(['amazing', 'grace'], [3, 1], notes);
    expect([...lyrics.values()]).toEqual(['amazing', '+', '+', 'grace']);
    expect(left).toEqual([]);
  });

  it('says which words found no note', () => {
    expect(layWords(['amazing', 'grace', 'how'], [3, 1, 1], notes.slice(0, 3)).left).toEqual(['grace', 'how']);
  });

  it('keeps hints with their words and drops lone punctuation', () => {
    expect(wordsOf('live[l ay v] on — stage, [HH AH] _ +')).toEqual(['live[l ay v]', 'on', 'stage,', '[HH AH]', '-', '+']);
  });
});

it('finds the notes that sing one word', () => {
  const sung = [['a', 'oh'], ['b', 'amazing'], ['c', '+'], ['d', '-'], ['e', 'grace']]
    .map(([id, lyric], i) => note(id ?? '', i, 1, 60, { lyric: lyric ?? '' }));
  expect(wordChain(sung, 'c')).toEqual(['b', 'c', 'd']);
  expect(wordChain(sung, 'e')).toEqual(['e']);
  expect(wordChain(sung, 'nobody')).toEqual([]);
});
