import { effect, signal } from '@preact/signals';

export const METERS = ['4/4', '3/4', '2/4'] as const;
export type MetronomeMeter = (typeof METERS)[number];
export const GRIDS = ['1/4', '1/8', '1/16'] as const;
export type MetronomeGrid = (typeof GRIDS)[number];

const AHEAD_SEC = 0.1;
const WAKE_MS = 25;
const DOWNBEAT_HZ = 1000;
const BEAT_HZ = 800;
const CLICK_SEC = 0.05;
const STEPS_PER_BEAT: Record<MetronomeGrid, number> = { '1/4': 1, '1/8': 2, '1/16': 4 };

/** A metronome in the page, for the player alone: it is heard here, never recorded. Its beats are the quantising grid. */
class Metronome {
  readonly on = signal(false);
  readonly bpm = signal(120);
  readonly meter = signal<MetronomeMeter>('4/4');
  readonly quantise = signal(false);
  readonly grid = signal<MetronomeGrid>('1/8');
  /** Counts from 0; for the blinking of the beat. */
  readonly beat = signal(-1);
  /** When the first beat was, on the page's clock. */
  originMs = 0;

  private context: AudioContext | undefined;
  private timer: number | undefined;
  private nextBeat = 0;
  private originSec = 0;

  constructor() {
    effect(() => {
      void this.bpm.value;
      if (this.on.value) this.start();
      else this.stop();
    });
  }

  get stepMs(): number {
    return 60_000 / this.bpm.value / STEPS_PER_BEAT[this.grid.value];
  }

  private start(): void {
    this.stop();
    this.context ??= new AudioContext();
    void this.context.resume();
    this.nextBeat = 0;
    this.originSec = this.context.currentTime + 0.05;
    this.originMs = performance.now() + 50;
    this.timer = window.setInterval(() => this.schedule(), WAKE_MS);
  }

  private stop(): void {
    window.clearInterval(this.timer);
    this.beat.value = -1;
  }

  /** Clicks are set ahead on the audio clock, so that a busy page does not make them late. */
  private schedule(): void {
    const { context } = this;
    if (context === undefined) return;
    const beatSec = 60 / this.bpm.peek();
    const beats = Number(this.meter.peek()[0]);
    for (;;) {
      const at = this.originSec + this.nextBeat * beatSec;
      if (at > context.currentTime + AHEAD_SEC) return;
      const beat = this.nextBeat % beats;
      click(context, at, beat === 0 ? DOWNBEAT_HZ : BEAT_HZ);
      window.setTimeout(() => { this.beat.value = beat; }, Math.max(0, (at - context.currentTime) * 1000));
      this.nextBeat += 1;
    }
  }
}

function click(context: AudioContext, atSec: number, frequencyHz: number): void {
  const tone = context.createOscillator();
  const level = context.createGain();
  tone.frequency.value = frequencyHz;
  level.gain.setValueAtTime(0.25, atSec);
  level.gain.exponentialRampToValueAtTime(0.001, atSec + CLICK_SEC);
  tone.connect(level).connect(context.destination);
  tone.start(atSec);
  tone.stop(atSec + CLICK_SEC);
}

export const metronome = new Metronome();
