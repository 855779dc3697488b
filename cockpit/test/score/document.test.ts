import { describe, expect, it } from 'vitest';
import { DEFAULT_ENGINE, documentOf, renderConfigOf, scoreOf } from '../../src/score/model/document.ts';
import { checkScore } from '../../src/score/model/score-check.ts';
import { documentFromStored, storedDocument } from '../../src/score/model/stored-document.ts';
import { documentWith, note } from './fixtures.ts';

describe('a score of the wire', () => {
  const score = { bpm: 90, notes: [note('x', 1, 1, 62), note('x', 0, 1, 60)], lyrics: { text: 'la la', language: 'it' }, mood: 'glad' };

  it('becomes a document with unique ids in order of time', () => {
    const document = documentOf(score, 'Song', DEFAULT_ENGINE);
    expect(document.notes.map((n) => n.startSec)).toEqual([0, 1]);
    expect(new Set(document.notes.map((n) => n.id)).size).toBe(2);
    expect(document).toMatchObject({ text: 'la la', language: 'it', bpm: 90 });
  });

  it('comes back with members that the editor does not know', () => {
    expect(scoreOf(documentOf(score, 'Song', DEFAULT_ENGINE))).toMatchObject({ mood: 'glad', formatVersion: '1.0.0', lyrics: score.lyrics });
  });

  it('has no lyrics when nothing is sung', () => {
    expect(scoreOf(documentWith(note('a', 0, 1, 60)))).not.toHaveProperty('lyrics');
    expect(scoreOf(documentWith(note('a', 0, 1, 60, { lyric: 'la' })))).toHaveProperty('lyrics.language', 'en');
  });

  it('is rendered with the default timbre only when one was chosen', () => {
    expect(renderConfigOf(DEFAULT_ENGINE)).not.toHaveProperty('defaultTimbre');
    expect(renderConfigOf({ ...DEFAULT_ENGINE, defaultTimbre: 'EE' })).toHaveProperty('defaultTimbre', 'EE');
  });
});

describe('checking', () => {
  it('names the fields that do not fit', () => {
    const checked = checkScore({ bpm: 900, notes: [{ id: 'a', startSec: -1, durationSec: 1, midi: 60 }] });
    expect('issues' in checked && checked.issues.map((issue) => issue.path)).toEqual(['bpm', 'notes.0.startSec']);
  });

  it('knows event logs of live and jam takes for what they are', () => {
    const checked = checkScore({ live: true, durationSec: 3, eventLog: [] });
    expect('issues' in checked && checked.issues[0]?.message).toContain('live or jam');
  });

  it('refuses broken lanes and non-objects', () => {
    expect('issues' in checkScore({ bpm: 100, notes: [], lanes: { dynamics: [1] } })).toBe(true);
    expect('issues' in checkScore(null)).toBe(true);
    expect('score' in checkScore({ bpm: 100, notes: [], lanes: { timbreMorph: { AH: [{ tSec: 0, value: 1 }] } } })).toBe(true);
  });
});

describe('autosave', () => {
  it('brings back what it stored', () => {
    const document = { ...documentWith(note('a', 0, 1, 60, { lyric: 'la' })), title: 'Song', meter: { beats: 3, unit: 4 } as const };
    expect(documentFromStored(storedDocument(document))).toEqual(document);
  });

  it('is not led astray by rubbish', () => {
    expect(documentFromStored(null)).toBeUndefined();
    expect(documentFromStored('{')).toBeUndefined();
    expect(documentFromStored('{"score":{"bpm":1}}')).toBeUndefined();
    expect(documentFromStored('{"score":{"bpm":100,"notes":[]},"engine":{"maxPolyphony":"x"}}')?.engine).toEqual(DEFAULT_ENGINE);
  });
});
