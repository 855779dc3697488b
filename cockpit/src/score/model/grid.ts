import type { Meter } from './document.ts';

/** Snap choices: fractions of a whole note, `t` for triplets, the first cockpit's tenth of a second, or none. */
export const SNAPS = ['1/1', '1/2', '1/4', '1/8', '1/16', '1/32', '1/8t', '1/16t', '0.1s', 'off'] as const;
export type Snap = (typeof SNAPS)[number];

const WHOLE_NOTES: Record<Exclude<Snap, '0.1s' | 'off'>, number> = {
  '1/1': 1, '1/2': 1 / 2, '1/4': 1 / 4, '1/8': 1 / 8, '1/16': 1 / 16, '1/32': 1 / 32, '1/8t': 1 / 12, '1/16t': 1 / 24,
};

export function beatSec(bpm: number): number {
  return 60 / bpm;
}

export function barSec(bpm: number, meter: Meter): number {
  return beatSec(bpm) * meter.beats * (4 / meter.unit);
}

/** Length of one grid step in seconds, undefined when nothing snaps. */
export function stepSec(snap: Snap, bpm: number): number | undefined {
  if (snap === 'off') return undefined;
  return snap === '0.1s' ? 0.1 : beatSec(bpm) * 4 * WHOLE_NOTES[snap];
}

export function snapNearest(sec: number, step: number | undefined): number {
  return step === undefined ? roundSec(sec) : roundSec(Math.round(sec / step) * step);
}

export function snapDown(sec: number, step: number | undefined): number {
  return step === undefined ? roundSec(sec) : roundSec(Math.floor(sec / step + 1e-6) * step);
}

/** Microseconds are finer than a sample; rounding keeps binary fractions out of files and fields. */
export function roundSec(sec: number): number {
  return Math.round(sec * 1e6) / 1e6;
}

/** Bar, beat and hundredths of a beat, all as musicians count them: `3.1.00` is the first beat of the third bar. */
export function positionText(sec: number, bpm: number, meter: Meter): string {
  const beatLength = beatSec(bpm) * (4 / meter.unit);
  const beats = sec / beatLength + 1e-9;
  const bar = Math.floor(beats / meter.beats);
  const beat = Math.floor(beats - bar * meter.beats);
  const fraction = Math.floor((beats - Math.floor(beats)) * 100);
  return `${bar + 1}.${beat + 1}.${String(fraction).padStart(2, '0')}`;
}

export function clockText(sec: number): string {
  const minutes = Math.floor(sec / 60);
  return `${minutes}:${(sec - minutes * 60).toFixed(2).padStart(5, '0')}`;
}
