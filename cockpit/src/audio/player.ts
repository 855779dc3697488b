import { computed, effect, signal } from '@preact/signals';
import { reportError } from '../state/errors.ts';
import { getAudio } from '../wire/daemon.ts';
import { LoopDeck, type LoopRange } from './loop-deck.ts';

/**
 * Plays one render at a time. The audio is fetched with the bearer and given to an audio element as a blob URL, because
 * the element cannot send the bearer itself; while looping, a deck that repeats without a gap plays instead.
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
  private readonly deck = new LoopDeck();
  private url: string | undefined;
  private frame = 0;

  constructor() {
    this.element.addEventListener('ended', () => this.stop());
    this.element.addEventListener('loadedmetadata', () => {
      this.durationSec.value = this.element.duration;
    });
    // Looping switched while something plays: it goes on from where it is.
    effect(() => {
      if (this.looping.value !== this.deck.playing && this.playing.peek()) void this.play(this.nowSec());
    });
    effect(() => this.deck.setRange(this.loopRange.value));
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
    const audio = this.audio.peek();
    if (audio === undefined) return;
    const from = fromSec ?? this.firstSec();
    try {
      if (this.looping.peek()) {
        this.element.pause();
        await this.deck.start(audio, this.loopRange.peek(), from);
      } else {
        this.deck.stop();
        this.element.currentTime = from;
        await this.element.play();
      }
      this.playing.value = true;
      this.follow();
    } catch (problem) {
      reportError('Playing audio', problem);
    }
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.element.pause();
    this.deck.stop();
    this.playing.value = false;
    this.positionSec.value = 0;
  }

  private firstSec(): number {
    return this.looping.peek() ? this.loopRange.peek()?.startSec ?? 0 : 0;
  }

  private nowSec(): number {
    return this.deck.playing ? this.deck.positionSec : this.element.currentTime;
  }

  private follow(): void {
    cancelAnimationFrame(this.frame);
    const tick = (): void => {
      this.positionSec.value = this.nowSec();
      if (this.playing.value) this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }
}
