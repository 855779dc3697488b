// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { exampleSong } from '../../src/score/model/example-song.ts';
import { scoreOf } from '../../src/score/model/document.ts';
import { glideAt, pitchAt } from '../../src/score/model/pitch-curve.ts';
import { checkScore } from '../../src/score/model/score-check.ts';
import { handlesOf, placeIn } from '../../src/score/view/pitch-handles.ts';

const NOTE = { id: 'a', startSec: 1, durationSec: 2, midi: 60, velocity: 0.8 };
const VIBRATO = { rateHz: 5, depthCents: 50, onsetSec: 0.5 };

describe('the handles of a note', () => {
  it('offer glide and vibrato where there are none', () => {
    expect(handlesOf(NOTE).map(({ kind }) => kind)).toEqual(['portamento', 'vibrato']);
  });

  it('lie where the vibrato is grown, and one period on', () => {
    const [, vibrato, rate] = handlesOf({ ...NOTE, vibrato: VIBRATO });
    expect(placeIn(NOTE, vibrato?.x ?? 0, vibrato?.y ?? 0)).toEqual({ insideSec: 0.5, cents: 50 });
    expect(placeIn(NOTE, rate?.x ?? 0, rate?.y ?? 0).insideSec).toBeCloseTo(0.7, 9);
  });

  it('read back every place that they are put at', () => {
    const [glide] = handlesOf({ ...NOTE, portamentoSec: 0.25 });
    expect(placeIn(NOTE, glide?.x ?? 0, glide?.y ?? 0).insideSec).toBeCloseTo(0.25, 9);
  });
});

describe('the pitch that a bend is drawn against', () => {
  const before = { ...NOTE, id: 'b', startSec: 0, midi: 55 };
  const note = { ...NOTE, portamentoSec: 0.2, vibrato: VIBRATO };

  it('has the glide, but not the vibrato', () => {
    expect(glideAt(note, before, 1.1)).toBeCloseTo(57.5, 9);
    expect(glideAt(note, before, 2.05)).toBe(60);
    expect(pitchAt(note, before, [], 2.05)).not.toBe(60);
  });
});

describe('the example', () => {
  it('is a score of the contract whose notes follow each other', () => {
    const score = scoreOf(exampleSong());
    expect('score' in checkScore(score)).toBe(true);
    const { notes } = exampleSong();
    for (const [i, note] of notes.slice(1).entries()) {
      expect(note.startSec).toBeCloseTo((notes[i]?.startSec ?? 0) + (notes[i]?.durationSec ?? 0), 4);
    }
  });
});
