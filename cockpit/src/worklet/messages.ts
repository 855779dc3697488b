import type { RingStats } from './jitter-ring.ts';

/** What the page tells the worklet. */
export type ToWorklet =
  | { readonly type: 'config'; readonly sourceRateHz: number; readonly targetSamples: number }
  | { readonly type: 'frame'; readonly samples: Float32Array; readonly channels: number }
  | { readonly type: 'clear' };

/** What the worklet reports, some ten times a second and at once after an underrun. */
export interface FromWorklet extends RingStats {
  readonly type: 'stats';
}

export const PROCESSOR_NAME = 'cantora-pcm';
