import { expect, it } from 'vitest';
import { barSec, clockText, positionText, snapDown, snapNearest, stepSec } from '../../src/score/model/grid.ts';
import { isBlackKey, parsePitch, pitchName } from '../../src/score/model/pitch-names.ts';

it('measures steps of the grid at the tempo', () => {
  expect(stepSec('1/4', 120)).toBe(0.5);
  expect(stepSec('1/8t', 120)).toBeCloseTo(1 / 6);
  expect(stepSec('0.1s', 77)).toBe(0.1);
  expect(stepSec('off', 120)).toBeUndefined();
});

it('snaps to the nearest line, or down to the line before', () => {
  expect(snapNearest(0.37, 0.25)).toBe(0.25);
  expect(snapDown(0.49, 0.25)).toBe(0.25);
  expect(snapDown(0.5, 0.1)).toBe(0.5);
  expect(snapNearest(0.1234567, undefined)).toBe(0.123457);
});

it('counts bars and beats from one', () => {
  const meter = { beats: 3, unit: 4 } as const;
  expect(barSec(120, meter)).toBe(1.5);
  expect(positionText(1.5, 120, meter)).toBe('2.1.00');
  expect(positionText(2.25, 120, meter)).toBe('2.2.50');
  expect(positionText(0.25, 120, { beats: 6, unit: 8 })).toBe('1.2.00');
  expect(clockText(75.5)).toBe('1:15.50');
});

it('names and reads pitches', () => {
  expect(pitchName(60)).toBe('C4');
  expect(pitchName(69)).toBe('A4');
  expect(parsePitch('c#4')).toBe(61);
  expect(parsePitch('Bb3')).toBe(58);
  expect(parsePitch('60')).toBe(60);
  expect(parsePitch('H2')).toBeUndefined();
  expect(parsePitch('G#9')).toBeUndefined();
  expect([60, 61, 66].map(isBlackKey)).toEqual([false, true, true]);
});
