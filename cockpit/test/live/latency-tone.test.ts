import { describe, expect, it } from 'vitest';
import { delayTone, jitterTone } from '../../src/live/latency-tone.ts';

describe('colours of measured delays', () => {
  it('are green to 43 ms, amber to 68, red above, as the contract has it', () => {
    expect([0, 43, 44, 68, 69].map(delayTone)).toEqual(['ok', 'ok', 'warn', 'warn', 'bad']);
    expect(delayTone(undefined)).toBe('plain');
    expect(delayTone(null)).toBe('plain');
  });

  it('judge the jitter by the buffer that has to hide it', () => {
    expect(jitterTone(16, 100)).toBe('ok');
    expect(jitterTone(30, 100)).toBe('warn');
    expect(jitterTone(30, 150)).toBe('warn');
    expect(jitterTone(40, 100)).toBe('bad');
  });
});
