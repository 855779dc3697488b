import { describe, expect, it } from 'vitest';
import { arrange } from '../../src/bank/arrange.ts';
import { differenceOf, figuresOf, meanSpectrum } from '../../src/bank/audio-compare.ts';
import { editableScore } from '../../src/bank/take-notes.ts';
import type { RenderMeta } from '../../src/wire/types.ts';

function meta(id: string, name: string, more: Partial<RenderMeta> = {}): RenderMeta {
  return { id, name, createdAt: `2026-01-0${id}T00:00:00.000Z`, commit: 'c', scoreHash: 's', wavHash: 'w', durationSec: Number(id), summary: {}, ...more };
}

describe('the list', () => {
  const renders = [meta('1', 'Take 10'), meta('2', 'Take 9', { pinned: true }), meta('3', 'Aria', { summary: { preset: 'bright-lab' } }),
    { ...meta('4', 'Last Render'), id: 'last' }];

  it('puts the last render first, then pinned ones', () => {
    expect(arrange(renders, '', 'newest').map((r) => r.id)).toEqual(['last', '2', '3', '1']);
    expect(arrange(renders, '', 'oldest').map((r) => r.id)).toEqual(['last', '2', '1', '3']);
  });

  it('sorts numbers in names as numbers', () => {
    expect(arrange([meta('1', 'Take 10'), meta('2', 'Take 9')], '', 'name').map((r) => r.id)).toEqual(['2', '1']);
  });

  it('finds by several words in any field', () => {
    expect(arrange(renders, 'bright aria', 'name').map((r) => r.id)).toEqual(['3']);
    expect(arrange(renders, 'take aria', 'name')).toEqual([]);
  });
});

describe('takes', () => {
  it('become scores: live takes from their event log', () => {
    const score = editableScore({ live: true, durationSec: 2, eventLog: [
      { t: 1000, type: 'note_on', noteId: 'a', midi: 60, velocity: 0.5 },
      { t: 1500, type: 'note_off', noteId: 'a' },
      { t: 1600, type: 'note_on', noteId: 'b', midi: 62 },
    ] });
    expect(score?.notes.map((n) => [n.startSec, n.durationSec, n.midi])).toEqual([[0, 0.5, 60], [0.6, 0.5, 62]]);
  });

  it('become scores: jams from their tape, tracks kept apart', () => {
    const score = editableScore({ jam: true, eventTape: { sampleRateHz: 48_000, bpm: 90, events: [
      { tSample: 0, trackId: 't1', event: 'note_on', payload: { noteId: 'x', midi: 60 } },
      { tSample: 0, trackId: 't2', event: 'note_on', payload: { noteId: 'x', midi: 67 } },
      { tSample: 24_000, trackId: 't1', event: 'note_off', payload: { noteId: 'x' } },
      { tSample: 48_000, trackId: 't2', event: 'note_off', payload: { noteId: 'x' } },
    ] } });
    expect(score).toMatchObject({ bpm: 90 });
    expect(score?.notes.map((n) => [n.midi, n.durationSec])).toEqual([[60, 0.5], [67, 1]]);
  });

  it('without notes are not editable', () => {
    expect(editableScore({ live: true, eventLog: [] })).toBeUndefined();
    expect(editableScore({ something: 'else' })).toBeUndefined();
  });
});

describe('comparing audio', () => {
  const tone = (frequencyHz: number, level: number) =>
    Float32Array.from({ length: 9600 }, (_, i) => level * Math.sin((2 * Math.PI * frequencyHz * i) / 48_000));

  it('measures level and steps', () => {
    const figures = figuresOf(tone(1000, 0.5), 48_000);
    expect(figures.durationSec).toBeCloseTo(0.2);
    expect(figures.peakDbfs).toBeCloseTo(-6.02, 1);
    expect(figures.rmsDbfs).toBeCloseTo(-9.03, 1);
    expect(figures.maxDelta).toBeCloseTo(0.0654, 2);
  });

  it('knows the identical from the alike', () => {
    expect(differenceOf(tone(440, 0.5), tone(440, 0.5))).toMatchObject({ identical: true, correlation: expect.closeTo(1) });
    expect(differenceOf(tone(440, 0.5), tone(440, 0.4))).toMatchObject({ identical: false, correlation: expect.closeTo(1) });
    expect(differenceOf(tone(440, 0.5), tone(660, 0.5)).correlation).toBeLessThan(0.1);
  });

  it('shows a tone as a peak at its frequency', () => {
    const spectrum = meanSpectrum(tone(1500, 1));
    const peak = spectrum.indexOf(Math.max(...spectrum));
    expect((peak * 24_000) / spectrum.length).toBeCloseTo(1500, -1);
    expect(Math.max(...spectrum)).toBeCloseTo(0, 0);
  });
});
