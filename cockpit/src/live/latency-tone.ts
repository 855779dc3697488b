import type { Tone } from '../ui/Tile.tsx';

/** Up to here a delay is not felt, up to the second it is; the contract's bounds for the way to the device. */
const GOOD_MS = 43;
const FAIR_MS = 68;

/** Colour of a delay in milliseconds. */
export function delayTone(delayMs: number | undefined | null): Tone {
  if (delayMs === undefined || delayMs === null) return 'plain';
  return delayMs <= GOOD_MS ? 'ok' : delayMs <= FAIR_MS ? 'warn' : 'bad';
}

/**
 * Colour of the jitter (a standard deviation) against the buffer that has to hide it: three deviations, which nearly all
 * arrivals keep, fit into half of the buffer, into the buffer, or not at all.
 */
export function jitterTone(deviationMs: number, bufferMs: number): Tone {
  const spreadMs = 3 * deviationMs;
  return spreadMs <= bufferMs / 2 ? 'ok' : spreadMs <= bufferMs ? 'warn' : 'bad';
}
