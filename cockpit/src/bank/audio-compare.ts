import FFT from 'fft.js';

/** Figures of one decoded render. */
export interface AudioFigures {
  readonly durationSec: number;
  readonly peakDbfs: number;
  readonly rmsDbfs: number;
  /** Greatest step between successive samples. */
  readonly maxDelta: number;
}

export interface Difference {
  /** Greatest difference of samples at the same place. */
  readonly maxDifference: number;
  readonly correlation: number;
  readonly identical: boolean;
}

const FFT_SIZE = 4096;
const FLOOR_DB = -120;

export function figuresOf(samples: Float32Array, sampleRateHz: number): AudioFigures {
  let peak = 0;
  let energy = 0;
  let maxDelta = 0;
  let before = samples[0] ?? 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    energy += sample * sample;
    maxDelta = Math.max(maxDelta, Math.abs(sample - before));
    before = sample;
  }
  return {
    durationSec: samples.length / sampleRateHz,
    peakDbfs: decibels(peak),
    rmsDbfs: decibels(Math.sqrt(energy / Math.max(1, samples.length))),
    maxDelta,
  };
}

export function differenceOf(a: Float32Array, b: Float32Array): Difference {
  const length = Math.min(a.length, b.length);
  let maxDifference = 0;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    maxDifference = Math.max(maxDifference, Math.abs(x - y));
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const correlation = aa === 0 || bb === 0 ? Number(aa === bb) : ab / Math.sqrt(aa * bb);
  return { maxDifference, correlation, identical: maxDifference === 0 && a.length === b.length };
}

/** Mean spectrum in dB over Hann windows that overlap by half. */
export function meanSpectrum(samples: Float32Array): Float32Array {
  const fft = new FFT(FFT_SIZE);
  const output = fft.createComplexArray();
  const frame = new Array<number>(FFT_SIZE);
  const power = new Float64Array(FFT_SIZE / 2);
  let frames = 0;
  for (let at = 0; at + FFT_SIZE <= Math.max(samples.length, FFT_SIZE); at += FFT_SIZE / 2) {
    for (let i = 0; i < FFT_SIZE; i += 1) {
      frame[i] = (samples[at + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / FFT_SIZE));
    }
    fft.realTransform(output, frame);
    for (let k = 0; k < power.length; k += 1) {
      const real = output[2 * k] ?? 0;
      const imaginary = output[2 * k + 1] ?? 0;
      power[k] = (power[k] ?? 0) + real * real + imaginary * imaginary;
    }
    frames += 1;
  }
  return Float32Array.from(power, (sum) => Math.max(FLOOR_DB, 10 * Math.log10(sum / frames / (FFT_SIZE / 4) ** 2 + 1e-12)));
}

function decibels(level: number): number {
  return level <= 0 ? FLOOR_DB : Math.max(FLOOR_DB, 20 * Math.log10(level));
}
