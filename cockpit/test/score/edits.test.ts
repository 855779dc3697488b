import { describe, expect, it } from 'vitest';
import {
  addNote, deleteNotes, insertNotes, moveNotes, patchNotes, quantise, resizeNotes, setTempo, splitNotes,
} from '../../src/score/model/edits.ts';
import { documentWith, ids, note } from './fixtures.ts';

describe('adding and deleting', () => {
  it('gives new notes ids that no other note has', () => {
    const { document, id } = addNote(documentWith(note('n1', 0, 1, 60), note('n2', 1, 1, 60)), { startSec: 2, durationSec: 1, midi: 62 });
    expect(new Set(document.notes.map((n) => n.id)).size).toBe(3);
    expect(document.notes.find((n) => n.id === id)).toMatchObject({ velocity: 0.8, midi: 62 });
  });

  it('keeps notes sorted by time and pitch', () => {
    const { document } = addNote(documentWith(note('a', 1, 1, 64)), { startSec: 1, durationSec: 1, midi: 60 });
    expect(document.notes.map((n) => n.midi)).toEqual([60, 64]);
  });

  it('drops frozen phonemes when notes change', () => {
    const frozen = { ...documentWith(note('a', 0, 1, 60)), phonemes: [] };
    expect(deleteNotes(frozen, ids('a')).phonemes).toBeUndefined();
  });
});

describe('moving', () => {
  it('moves the selection as one and stops it at the edges of the roll', () => {
    const before = documentWith(note('a', 0.5, 1, 60), note('b', 2, 1, 126));
    const after = moveNotes(before, ids('a', 'b'), -3, 5);
    expect(after.notes.map((n) => [n.startSec, n.midi])).toEqual([[0, 61], [1.5, 127]]);
  });

  it('leaves the document as it is when nothing moves', () => {
    const before = documentWith(note('a', 0, 1, 127));
    expect(moveNotes(before, ids('a'), -1, 1)).toBe(before);
    expect(moveNotes(before, ids(), 1, 1)).toBe(before);
  });
});

describe('resizing', () => {
  it('moves the end, but leaves the shortest length', () => {
    const before = documentWith(note('a', 1, 1, 60));
    expect(resizeNotes(before, ids('a'), 'end', 0.5).notes[0]).toMatchObject({ startSec: 1, durationSec: 1.5 });
    expect(resizeNotes(before, ids('a'), 'end', -5, 0.1).notes[0]).toMatchObject({ durationSec: 0.1 });
  });

  it('moves the start and keeps the end', () => {
    const after = resizeNotes(documentWith(note('a', 1, 1, 60)), ids('a'), 'start', 0.25);
    expect(after.notes[0]).toMatchObject({ startSec: 1.25, durationSec: 0.75 });
    const early = resizeNotes(documentWith(note('a', 0.2, 1, 60)), ids('a'), 'start', -1);
    expect(early.notes[0]).toMatchObject({ startSec: 0, durationSec: 1.2 });
  });
});

describe('other edits', () => {
  it('takes members away that are set to undefined', () => {
    const before = documentWith(note('a', 0, 1, 60, { timbre: 'AH', lyric: 'la' }));
    expect(patchNotes(before, ids('a'), { timbre: undefined }).notes[0]).not.toHaveProperty('timbre');
  });

  it('quantises starts and ends', () => {
    const after = quantise(documentWith(note('a', 0.13, 0.4, 60)), ids('a'), 0.25, { strength: 1, ends: true });
    expect(after.notes[0]).toMatchObject({ startSec: 0.25, durationSec: 0.25 });
  });

  it('splits a note, whose second half carries the syllable on', () => {
    const after = splitNotes(documentWith(note('a', 0, 1, 60, { lyric: 'sun' })), ids('a'), 0.4);
    expect(after.notes.map((n) => [n.startSec, n.durationSec, n.lyric])).toEqual([[0, 0.4, 'sun'], [0.4, 0.6, '-']]);
  });

  it('pastes copies under new ids', () => {
    const before = documentWith(note('a', 0, 1, 60));
    const { document, ids: pasted } = insertNotes(before, before.notes, 2);
    expect(document.notes).toHaveLength(2);
    expect(pasted.has('a')).toBe(false);
    expect(document.notes[1]?.startSec).toBe(2);
  });

  it('keeps beats at a new tempo when asked, and seconds when not', () => {
    const before = { ...documentWith(note('a', 1, 0.5, 60)), lanes: { dynamics: [{ tSec: 1, value: 0.5 }] } };
    const moved = setTempo(before, 60, true);
    expect(moved.notes[0]).toMatchObject({ startSec: 2, durationSec: 1 });
    expect(moved.lanes.dynamics).toEqual([{ tSec: 2, value: 0.5 }]);
    expect(setTempo(before, 60, false).notes[0]).toMatchObject({ startSec: 1 });
  });
});
