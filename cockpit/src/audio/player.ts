import { computed, signal } from '@preact/signals';
import { reportError } from '../state/errors.ts';
import { getAudio } from '../wire/daemon.ts';

/** A stretch of time that is played again and again. */
export interface LoopRange {
  readonly startSec: number;
  readonly endSec: number;
}

/**
 * Plays one render at a time. The audio is fetched with the bearer and given to an audio element as a blob URL, because
 * the element cannot send the bearer itself.
 */
export class Player {
  readonly playing = signal(false);
  readonly positionSec = signal(0);
  readonly durationSec = signal(0);
  readonly loading = signal(false);
  readonly looping = signal(false);
  readonly loopRange = signal<LoopRange | undefined>(undefined);
  readonly audio = signal<Blob | undefined>(undefined);
  readonly loaded = computed(() => this.audio.value !== undefined);

  private readonly element = new Audio();
  private url: string | undefined;
  private frame = 0;

  constructor() {
    this.element.addEventListener('ended', () => this.onEnded());
    this.element.addEventListener('loadedmetadata', () => {
      this.durationSec.value = this.element.duration;
    });
  }

  /** Fetches a render's audio. Answers whether it can be played; a failure is shown. */
  async load(renderId: string): Promise<boolean> {
    this.loading.value = true;
    try {
      this.use(await getAudio(renderId));
      return true;
    } catch (problem) {
      reportError('Loading audio', problem);
      return false;
    } finally {
      this.loading.value = false;
    }
  }

  use(audio: Blob): void {
    this.stop();
    if (this.url !== undefined) URL.revokeObjectURL(this.url);
    this.url = URL.createObjectURL(audio);
    this.element.src = this.url;
    this.audio.value = audio;
  }

  async play(fromSec?: number): Promise<void> {
    if (this.url === undefined) return;
    this.element.currentTime = fromSec ?? this.firstSec();
    try {
      await this.element.play();
      this.playing.value = true;
      this.follow();
    } catch (problem) {
      reportError('Playing audio', problem);
    }
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.element.pause();
    this.playing.value = false;
    this.positionSec.value = 0;
  }

  pause(): void {
    cancelAnimationFrame(this.frame);
    this.element.pause();
    this.playing.value = false;
    this.positionSec.value = this.element.currentTime;
  }

  private firstSec(): number {
    return this.looping.value ? this.loopRange.value?.startSec ?? 0 : 0;
  }

  private onEnded(): void {
    if (this.looping.value) void this.play(this.firstSec());
    else this.stop();
  }

  private follow(): void {
    cancelAnimationFrame(this.frame);
    const tick = (): void => {
      const range = this.loopRange.value;
      if (this.looping.value && range !== undefined && this.element.currentTime >= range.endSec) {
        this.element.currentTime = range.startSec;
      }
      this.positionSec.value = this.element.currentTime;
      if (this.playing.value) this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }
}
