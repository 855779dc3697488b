import { describe, expect, it } from 'vitest';
import { JitterRing, RING_SAMPLES } from '../../src/worklet/jitter-ring.ts';

const BLOCK = 128;

function sine(frequencyHz: number, rateHz: number, from: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * frequencyHz * (from + i)) / rateHz));
}

function pull(ring: JitterRing, samples: number): Float32Array {
  const out = new Float32Array(samples);
  const right = new Float32Array(BLOCK);
  for (let at = 0; at < samples; at += BLOCK) ring.pull(out.subarray(at, at + BLOCK), right);
  return out;
}

/** Feeds frames of 512 as they would arrive, and pulls blocks as a sound card does, for a number of output samples. */
function stream(ring: JitterRing, outputRate: number, samples: number, sourceRate = 48_000): Float32Array {
  const out = new Float32Array(samples);
  const right = new Float32Array(BLOCK);
  let sent = 0;
  for (let at = 0; at < samples; at += BLOCK) {
    while (sent < ring.stats.targetSamples + (at * sourceRate) / outputRate) {
      ring.push(sine(440, sourceRate, sent, 512), 1);
      sent += 512;
    }
    ring.pull(out.subarray(at, at + BLOCK), right);
  }
  return out;
}

/** Frequency from the zero crossings of a tone, with their places interpolated. */
function pitchOf(samples: Float32Array, rateHz: number): number {
  const crossings: number[] = [];
  for (let i = 1; i < samples.length; i += 1) {
    const [a, b] = [samples[i - 1] ?? 0, samples[i] ?? 0];
    if (a < 0 && b >= 0) crossings.push(i - 1 + a / (a - b));
  }
  const [first = 0, last = 0] = [crossings[0], crossings.at(-1)];
  return ((crossings.length - 1) * rateHz) / (last - first);
}

describe('priming', () => {
  it('is silent until the target is reached, then plays what came first', () => {
    const ring = new JitterRing(1024, 48_000, 48_000);
    ring.push(sine(440, 48_000, 0, 512), 1);
    expect(pull(ring, BLOCK).every((sample) => sample === 0)).toBe(true);
    ring.push(sine(440, 48_000, 512, 512), 1);
    expect(pull(ring, BLOCK)).toEqual(sine(440, 48_000, 0, BLOCK));
  });

  it('plays samples unchanged when both rates are equal', () => {
    const ring = new JitterRing(4800, 48_000, 48_000);
    expect(stream(ring, 48_000, 8192)).toEqual(sine(440, 48_000, 0, 8192));
  });
});

describe('trouble', () => {
  it('counts an underrun, is silent, and primes again to a larger target', () => {
    const ring = new JitterRing(512, 48_000, 48_000);
    ring.push(sine(440, 48_000, 0, 512), 1);
    pull(ring, 1024);
    expect(ring.stats).toMatchObject({ underruns: 1, playing: false, targetSamples: 768 });
    ring.push(sine(440, 48_000, 0, 512), 1);
    expect(ring.stats.playing).toBe(false);
    ring.push(sine(440, 48_000, 0, 512), 1);
    expect(ring.stats.playing).toBe(true);
  });

  it('drops the oldest when more comes than the ring holds', () => {
    const ring = new JitterRing(512, 48_000, 48_000);
    const sent = sine(100, 48_000, 0, RING_SAMPLES + 1000);
    ring.push(sent, 1);
    expect(ring.stats).toMatchObject({ droppedSamples: 1000, fillSamples: RING_SAMPLES });
    expect(pull(ring, BLOCK)[0]).toBe(sent[1000]);
  });

  it('goes back to the chosen target after a long quiet time', () => {
    const ring = new JitterRing(512, 48_000, 48_000);
    ring.push(sine(440, 48_000, 0, 512), 1);
    pull(ring, 1024);
    expect(ring.stats.targetSamples).toBe(768);
    stream(ring, 48_000, 48_000 * 60);
    expect(ring.stats).toMatchObject({ targetSamples: 512, underruns: 1 });
  });

  it('clears on wish', () => {
    const ring = new JitterRing(512, 48_000, 48_000);
    ring.push(sine(440, 48_000, 0, 4800), 1);
    ring.clear();
    expect(ring.stats).toMatchObject({ fillSamples: 0, playing: false, underruns: 0 });
  });
});

describe('other rates', () => {
  it.each([44_100, 96_000, 48_000])('keeps the pitch in a context of %i Hz', (outputRate) => {
    const ring = new JitterRing(4800, 48_000, outputRate);
    const heard = stream(ring, outputRate, 16_384);
    expect(pitchOf(heard.subarray(1024), outputRate)).toBeCloseTo(440, 2);
  });

  it('plays a little faster when too much waits, and no more than that', () => {
    const ring = new JitterRing(2400, 48_000, 48_000);
    ring.push(sine(440, 48_000, 0, 48_000), 1);
    const fast = pitchOf(pull(ring, 16_384), 48_000);
    expect(fast).toBeGreaterThan(440.3);
    expect(fast).toBeLessThan(441.2);
  });
});

it('takes stereo apart', () => {
  const ring = new JitterRing(256, 48_000, 48_000);
  ring.push(Float32Array.from({ length: 1024 }, (_, i) => (i % 2 === 0 ? 0.25 : -0.5)), 2);
  const [left, right] = [new Float32Array(BLOCK), new Float32Array(BLOCK)];
  ring.pull(left, right);
  expect([left[5], right[5]]).toEqual([0.25, -0.5]);
});
