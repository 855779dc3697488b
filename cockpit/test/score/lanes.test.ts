import { describe, expect, it } from 'vitest';
import { drawStroke, eraseStretch, laneRange, laneValue, simplify, withLane } from '../../src/score/model/lanes.ts';
import { pitchAt, predecessors } from '../../src/score/model/pitch-curve.ts';
import { note } from './fixtures.ts';

const ramp = [{ tSec: 1, value: 0 }, { tSec: 2, value: 1 }];

describe('the law of lanes', () => {
  it('is linear between points and holds both ends', () => {
    expect([0, 1, 1.25, 2, 9].map((t) => laneValue(ramp, t, 0.5))).toEqual([0, 0, 0.25, 1, 1]);
    expect(laneValue([], 3, 0.5)).toBe(0.5);
  });

  it('takes the earlier of two points at one time', () => {
    const step = [{ tSec: 0, value: 0 }, { tSec: 1, value: 0.2 }, { tSec: 1, value: 0.9 }, { tSec: 2, value: 1 }];
    expect(laneValue(step, 1, 0)).toBe(0.2);
  });
});

describe('drawing', () => {
  const range = laneRange({ lane: 'dynamics' });

  it('replaces what the stroke covers and keeps the rest', () => {
    const drawn = drawStroke([...ramp, { tSec: 5, value: 0.5 }], [{ tSec: 0.5, value: 1 }, { tSec: 3, value: 1 }], range);
    expect(drawn).toEqual([{ tSec: 0.5, value: 1 }, { tSec: 3, value: 1 }, { tSec: 5, value: 0.5 }]);
  });

  it('clamps to the range and takes strokes drawn backwards', () => {
    expect(drawStroke([], [{ tSec: 2, value: 7 }, { tSec: 1, value: -7 }], range))
      .toEqual([{ tSec: 1, value: 0 }, { tSec: 2, value: 1 }]);
  });

  it('needs few points for straight lines', () => {
    const line = Array.from({ length: 100 }, (_, i) => ({ tSec: i, value: i / 100 }));
    expect(simplify(line, 0.005)).toHaveLength(2);
    const bent = [...line, ...line.map((p) => ({ tSec: p.tSec + 100, value: 1 - p.value }))];
    expect(simplify(bent, 0.005)).toHaveLength(3);
  });

  it('erases a stretch', () => {
    expect(eraseStretch(ramp, 3, 1.5)).toEqual([{ tSec: 1, value: 0 }]);
  });

  it('takes empty lanes and morph curves out of the score', () => {
    const lanes = withLane(withLane({}, { lane: 'dynamics' }, ramp), { timbre: 'AH' }, ramp);
    expect(lanes).toEqual({ dynamics: ramp, timbreMorph: { AH: ramp } });
    expect(withLane(withLane(lanes, { timbre: 'AH' }, []), { lane: 'dynamics' }, [])).toEqual({});
  });
});

describe('pitch curve', () => {
  const low = note('a', 0, 1, 60);
  const high = note('b', 1, 1, 72, { portamentoSec: 0.2 });

  it('glides from the note that started before', () => {
    expect(pitchAt(high, low, [], 1)).toBe(60);
    expect(pitchAt(high, low, [], 1.1)).toBeCloseTo(66);
    expect(pitchAt(high, low, [], 1.5)).toBe(72);
  });

  it('lets vibrato grow over its onset', () => {
    const sung = note('v', 0, 2, 60, { vibrato: { rateHz: 5, depthCents: 100, onsetSec: 1 } });
    expect(pitchAt(sung, undefined, [], 0.05)).toBeCloseTo(60.05);
    expect(pitchAt(sung, undefined, [], 1.05)).toBeCloseTo(61);
  });

  it('adds the bend lane in cents', () => {
    expect(pitchAt(low, undefined, [{ tSec: 0, value: 50 }], 0.5)).toBe(60.5);
  });

  it('looks past notes of the same chord', () => {
    const before = predecessors([low, note('c1', 1, 1, 64), note('c2', 1, 1, 67), high]);
    expect(before.get('c2')?.id).toBe('a');
    expect(before.get('a')).toBeUndefined();
  });
});
