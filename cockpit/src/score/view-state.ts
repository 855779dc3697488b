import { computed, signal } from '@preact/signals';
import type { LaneId } from './model/lanes.ts';
import { stepSec, type Snap } from './model/grid.ts';
import { saved } from './store.ts';

// How the roll is looked at: zoom, scroll, tool, grid. Not part of the score.

export const MIN_PX_PER_SEC = 20;
export const MAX_PX_PER_SEC = 600;
export const MIN_PX_PER_SEMITONE = 8;
export const MAX_PX_PER_SEMITONE = 64;
export const TOP_MIDI = 127;

export type Tool = 'draw' | 'select' | 'pitch';
/** Velocity is a property of notes, the rest are lanes of the score. */
export type LowerView = { readonly velocity: true } | LaneId;

export const pxPerSec = signal(100);
export const pxPerSemitone = signal(14);
export const scrollX = signal(0);
export const scrollY = signal(0);
export const viewWidth = signal(0);
export const viewHeight = signal(0);
export const tool = signal<Tool>('draw');
export const snap = signal<Snap>('1/16');
export const lowerView = signal<LowerView>({ lane: 'dynamics' });
export const showPitchCurve = signal(true);
export const followCursor = signal(true);
export const listOpen = signal(false);

export const snapStep = computed(() => stepSec(snap.value, saved.value.bpm));

export const secToX = (sec: number): number => sec * pxPerSec.value - scrollX.value;
export const xToSec = (x: number): number => (x + scrollX.value) / pxPerSec.value;
/** Upper edge of a key's row. */
export const midiToY = (midi: number): number => (TOP_MIDI - midi) * pxPerSemitone.value - scrollY.value;
export const yToMidi = (y: number): number =>
  Math.min(TOP_MIDI, Math.max(0, TOP_MIDI - Math.floor((y + scrollY.value) / pxPerSemitone.value)));

/** A new zoom that keeps the time under `anchorX` where it is. */
export function zoomTime(factor: number, anchorX: number): number {
  const anchorSec = xToSec(anchorX);
  pxPerSec.value = Math.min(MAX_PX_PER_SEC, Math.max(MIN_PX_PER_SEC, pxPerSec.value * factor));
  return Math.max(0, anchorSec * pxPerSec.value - anchorX);
}

export function zoomPitch(factor: number, anchorY: number): number {
  const rows = (anchorY + scrollY.value) / pxPerSemitone.value;
  pxPerSemitone.value = Math.min(MAX_PX_PER_SEMITONE, Math.max(MIN_PX_PER_SEMITONE, pxPerSemitone.value * factor));
  return Math.max(0, rows * pxPerSemitone.value - anchorY);
}
/** Whether a new tempo moves the notes along. */
export const keepBeats = signal(true);
