// The buffer between a network that delivers unevenly and a sound card that never waits. Pure code, used by the worklet.

export interface RingStats {
  readonly fillSamples: number;
  readonly targetSamples: number;
  readonly underruns: number;
  readonly droppedSamples: number;
  readonly playing: boolean;
}

export const RING_SAMPLES = 96_000;
const MOST_TARGET_SAMPLES = 24_000;
/** After an underrun the target grows by half, as adaptive jitter buffers of telephony do; quiet time lets it shrink. */
const GROWTH = 1.5;
const SHRINK = 0.9;
const QUIET_SAMPLES = 480_000;
/** Playing this much faster or slower (3.5 cents) brings the fill back when the clocks of both ends differ. */
const TRIM = 0.002;
/** Smoothing of the fill over about a second of 128-sample blocks. */
const FILL_SMOOTHING = 0.003;

/**
 * A ring of interleaved samples that is read at any rate. It primes to the target, plays, and after an underrun is
 * silent until it is primed again. When it overflows, the oldest samples go.
 */
export class JitterRing {
  private readonly data: [Float32Array, Float32Array] = [new Float32Array(RING_SAMPLES), new Float32Array(RING_SAMPLES)];
  private writeAt = 0;
  /** Samples between the read position and the write position. */
  private fill = 0;
  /** Part of a sample by which the read position is ahead of its sample. */
  private phase = 0;
  private playing = false;
  private baseTarget: number;
  private target: number;
  private smoothFill: number;
  private quiet = 0;
  private underruns = 0;
  private dropped = 0;

  constructor(targetSamples: number, private sourceRateHz: number, private readonly outputRateHz: number) {
    this.baseTarget = targetSamples;
    this.target = targetSamples;
    this.smoothFill = targetSamples;
  }

  get stats(): RingStats {
    return {
      fillSamples: this.fill, targetSamples: this.target, underruns: this.underruns, droppedSamples: this.dropped,
      playing: this.playing,
    };
  }

  setTarget(samples: number): void {
    this.baseTarget = samples;
    this.target = samples;
  }

  setSourceRate(rateHz: number): void {
    this.sourceRateHz = rateHz;
  }

  /** Forgets what waits, as after a stop; counts stay. */
  clear(): void {
    this.fill = 0;
    this.phase = 0;
    this.playing = false;
  }

  push(interleaved: Float32Array, channels: number): void {
    const frames = Math.floor(interleaved.length / channels);
    const [left, right] = this.data;
    for (let i = 0; i < frames; i += 1) {
      const first = interleaved[i * channels] ?? 0;
      left[this.writeAt] = first;
      right[this.writeAt] = channels > 1 ? interleaved[i * channels + 1] ?? 0 : first;
      this.writeAt = this.writeAt + 1 === RING_SAMPLES ? 0 : this.writeAt + 1;
    }
    this.fill += frames;
    if (this.fill > RING_SAMPLES) {
      this.dropped += this.fill - RING_SAMPLES;
      this.fill = RING_SAMPLES;
    }
    if (!this.playing && this.fill >= this.target) {
      this.playing = true;
      this.smoothFill = this.fill;
    }
  }

  /** Fills both outputs; silence where there is nothing to play. */
  pull(left: Float32Array, right: Float32Array): void {
    if (!this.playing) {
      left.fill(0);
      right.fill(0);
      return;
    }
    const step = this.step();
    for (let i = 0; i < left.length; i += 1) {
      // The cubic reads one sample ahead of the pair that it lies between.
      if (this.fill < 3) {
        left.fill(0, i);
        right.fill(0, i);
        this.starve();
        return;
      }
      left[i] = this.read(this.data[0]);
      right[i] = this.read(this.data[1]);
      this.phase += step;
      const whole = Math.floor(this.phase);
      this.phase -= whole;
      this.fill -= whole;
    }
    this.adapt(left.length);
  }

  /** Source samples per output sample. */
  private step(): number {
    const ratio = this.sourceRateHz / this.outputRateHz;
    if (this.smoothFill > this.target * 1.25 + 1024) return ratio * (1 + TRIM);
    if (this.smoothFill < this.target * 0.5) return ratio * (1 - TRIM);
    return ratio;
  }

  /** Catmull-Rom through four samples; exactly the sample itself when the phase is zero. */
  private read(data: Float32Array): number {
    const at = this.writeAt - this.fill + RING_SAMPLES;
    const current = data[at % RING_SAMPLES] ?? 0;
    const t = this.phase;
    if (t === 0) return current;
    const before = data[(at - 1 + RING_SAMPLES) % RING_SAMPLES] ?? 0;
    const next = data[(at + 1) % RING_SAMPLES] ?? 0;
    const after = data[(at + 2) % RING_SAMPLES] ?? 0;
    const slope = (next - before) / 2;
    const slopeNext = (after - current) / 2;
    const a = 2 * (current - next) + slope + slopeNext;
    const b = 3 * (next - current) - 2 * slope - slopeNext;
    return ((a * t + b) * t + slope) * t + current;
  }

  private starve(): void {
    this.underruns += 1;
    this.quiet = 0;
    this.target = Math.min(Math.max(MOST_TARGET_SAMPLES, this.baseTarget), Math.ceil(this.target * GROWTH));
    this.clear();
  }

  private adapt(frames: number): void {
    this.smoothFill += (this.fill - this.smoothFill) * FILL_SMOOTHING;
    this.quiet += frames;
    if (this.quiet < QUIET_SAMPLES) return;
    this.quiet = 0;
    this.target = Math.max(this.baseTarget, Math.floor(this.target * SHRINK));
  }
}
