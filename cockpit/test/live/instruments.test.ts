import { describe, expect, it } from 'vitest';
import { ArrivalJitter } from '../../src/live/arrival-jitter.ts';
import { blendAt } from '../../src/live/xy-pad.ts';
import { PIANO_KEYS } from '../../src/play/computer-keys.ts';
import { channelMatches, controlOf } from '../../src/play/midi-map.ts';
import { parseFrame } from '../../src/wire/frame.ts';

describe('frames', () => {
  function frame(format: number, channels: number, body: ArrayBuffer, blockSize: number): ArrayBuffer {
    const bytes = new Uint8Array(16 + body.byteLength);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 7, true);
    view.setUint16(4, channels, true);
    view.setUint16(6, format, true);
    view.setUint32(8, 48_000, true);
    view.setUint32(12, blockSize, true);
    bytes.set(new Uint8Array(body), 16);
    return bytes.buffer;
  }

  it('reads float and 16-bit samples', () => {
    expect(parseFrame(frame(0, 1, Float32Array.of(0.5, -0.25).buffer, 2)))
      .toEqual({ sequence: 7, channels: 1, sampleRateHz: 48_000, samples: Float32Array.of(0.5, -0.25) });
    expect(parseFrame(frame(1, 2, Int16Array.of(16_384, -32_768).buffer, 1))?.samples).toEqual(Float32Array.of(0.5, -1));
  });

  it('refuses what is cut short or unknown', () => {
    expect(parseFrame(new ArrayBuffer(8))).toBeUndefined();
    expect(parseFrame(frame(0, 1, new ArrayBuffer(4), 2))).toBeUndefined();
    expect(parseFrame(frame(2, 1, new ArrayBuffer(8), 2))).toBeUndefined();
    expect(parseFrame(frame(0, 9, new ArrayBuffer(8), 2))).toBeUndefined();
  });
});

describe('keys', () => {
  it('go from C4 to B5 under ids that name their letter', () => {
    expect(PIANO_KEYS).toHaveLength(24);
    expect(PIANO_KEYS[0]).toMatchObject({ id: 'key-z', midi: 60 });
    expect(PIANO_KEYS.at(-1)).toMatchObject({ id: 'key-u', midi: 83, code: 'KeyU' });
    expect(PIANO_KEYS[13]).toMatchObject({ id: 'key-2', midi: 73, code: 'Digit2' });
  });
});

describe('pad', () => {
  it('blends neighbours', () => {
    expect(blendAt(0.25, ['AH', 'EE', 'OO'])).toEqual({ AH: 0.5, EE: 0.5, OO: 0 });
    expect(blendAt(1, ['AH', 'EE'])).toEqual({ AH: 0, EE: 1 });
    expect(blendAt(-3, ['AH'])).toEqual({ AH: 1 });
    expect(blendAt(0.5, [])).toEqual({});
  });
});

describe('MIDI', () => {
  it('lets every single channel be chosen, the first too', () => {
    expect([channelMatches(0, 5), channelMatches(1, 1), channelMatches(1, 2), channelMatches(16, 16)]).toEqual([true, true, false, true]);
  });

  it('knows pedals and wheels', () => {
    expect(controlOf(64, 127)).toEqual({ controller: 'sustain', value: 1 });
    expect(controlOf(10, 64)).toEqual({ controller: 'pan', value: 0 });
    expect(controlOf(11, 127)).toEqual({ controller: 'dynamics', value: 1 });
    expect(controlOf(99, 1)).toBeUndefined();
  });
});

it('measures the spread of arrivals', () => {
  const jitter = new ArrivalJitter();
  [0, 10, 20, 30].forEach((ms) => jitter.arrive(ms));
  expect(jitter.deviationMs).toBe(0);
  [50, 60].forEach((ms) => jitter.arrive(ms));
  expect(jitter.deviationMs).toBeCloseTo(4, 5);
});
