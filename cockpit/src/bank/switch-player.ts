const FADE_SEC = 0.015;

/** Plays two sounds from one clock, so that a switch between them goes on at the same place. */
export class SwitchPlayer {
  private readonly context = new AudioContext();
  private readonly levels: readonly [GainNode, GainNode];
  private sources: AudioBufferSourceNode[] = [];

  constructor(private readonly a: AudioBuffer, private readonly b: AudioBuffer, private readonly onEnd: () => void) {
    this.levels = [this.context.createGain(), this.context.createGain()];
    for (const level of this.levels) level.connect(this.context.destination);
  }

  /** Lets one be heard; starts both when nothing plays. */
  play(which: 0 | 1): void {
    void this.context.resume();
    const now = this.context.currentTime;
    this.levels.forEach((level, index) => level.gain.setTargetAtTime(index === which ? 1 : 0, now, FADE_SEC / 3));
    if (this.sources.length === 0) this.start();
  }

  stop(): void {
    for (const source of this.sources) {
      source.onended = null;
      source.stop();
    }
    this.sources = [];
  }

  close(): void {
    this.stop();
    void this.context.close();
  }

  private start(): void {
    this.sources = [this.a, this.b].map((buffer, index) => {
      const source = this.context.createBufferSource();
      source.buffer = buffer;
      source.connect(this.levels[index === 0 ? 0 : 1]);
      source.start();
      return source;
    });
    const longest = this.a.duration >= this.b.duration ? this.sources[0] : this.sources[1];
    if (longest !== undefined) {
      longest.onended = () => {
        this.sources = [];
        this.onEnd();
      };
    }
  }
}
