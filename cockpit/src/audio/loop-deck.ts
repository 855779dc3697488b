/** A stretch of time that is played again and again. */
export interface LoopRange {
  readonly startSec: number;
  readonly endSec: number;
}

/**
 * Repeats a stretch of decoded audio without a gap. An audio element cannot do that: it jumps with a pause that can be
 * heard. A buffer source repeats to the sample, and its bounds may move while it plays.
 */
export class LoopDeck {
  private context: AudioContext | undefined;
  private source: AudioBufferSourceNode | undefined;
  private decoded: { readonly blob: Blob; readonly buffer: AudioBuffer } | undefined;
  /** Where in the audio the source began, and when on the context's clock. */
  private beganAtSec = 0;
  private beganOnSec = 0;
  /** Counts starts and stops: a start that was overtaken while it decoded does not sound. */
  private turn = 0;

  /** Plays from a place, then over and over from the range's start to its end. */
  async start(blob: Blob, range: LoopRange | undefined, fromSec: number): Promise<void> {
    this.stop();
    const { turn } = this;
    this.context ??= new AudioContext();
    await this.context.resume();
    const buffer = await this.decode(this.context, blob);
    if (turn !== this.turn) return;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.loop = true;
    source.loopStart = range?.startSec ?? 0;
    source.loopEnd = Math.min(range?.endSec ?? buffer.duration, buffer.duration);
    source.connect(this.context.destination);
    this.beganAtSec = fromSec < source.loopEnd ? fromSec : source.loopStart;
    this.beganOnSec = this.context.currentTime;
    source.start(0, this.beganAtSec);
    this.source = source;
  }

  /** Moves the bounds while it plays; a place after the new end goes on at the new start. */
  setRange(range: LoopRange | undefined): void {
    const { source, context } = this;
    if (source === undefined || context === undefined) return;
    this.beganAtSec = this.positionSec;
    this.beganOnSec = context.currentTime - (context.outputLatency || 0);
    source.loopStart = range?.startSec ?? 0;
    source.loopEnd = Math.min(range?.endSec ?? Infinity, source.buffer?.duration ?? 0);
    if (this.beganAtSec >= source.loopEnd) this.beganAtSec = source.loopStart;
  }

  stop(): void {
    this.turn += 1;
    this.source?.stop();
    this.source?.disconnect();
    this.source = undefined;
  }

  get playing(): boolean {
    return this.source !== undefined;
  }

  /** What is heard now: the device's delay is taken off. */
  get positionSec(): number {
    const { source, context } = this;
    if (source === undefined || context === undefined) return 0;
    const sec = this.beganAtSec + Math.max(0, context.currentTime - this.beganOnSec - (context.outputLatency || 0));
    const lengthSec = source.loopEnd - source.loopStart;
    return sec < source.loopEnd || lengthSec <= 0 ? sec : source.loopStart + ((sec - source.loopStart) % lengthSec);
  }

  private async decode(context: AudioContext, blob: Blob): Promise<AudioBuffer> {
    if (this.decoded?.blob !== blob) this.decoded = { blob, buffer: await context.decodeAudioData(await blob.arrayBuffer()) };
    return this.decoded.buffer;
  }
}
