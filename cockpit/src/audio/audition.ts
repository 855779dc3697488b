import { signal } from '@preact/signals';

/** A short, soft tone that tells which pitch was touched in the editor. */
class Audition {
  readonly enabled = signal(true);
  private context: AudioContext | undefined;

  play(midi: number): void {
    if (!this.enabled.value || typeof AudioContext === 'undefined') return;
    this.context ??= new AudioContext();
    const { currentTime: now } = this.context;
    const tone = this.context.createOscillator();
    const level = this.context.createGain();
    tone.type = 'triangle';
    tone.frequency.value = 440 * 2 ** ((midi - 69) / 12);
    level.gain.setValueAtTime(0, now);
    level.gain.linearRampToValueAtTime(0.12, now + 0.01);
    level.gain.exponentialRampToValueAtTime(0.0005, now + 0.35);
    tone.connect(level).connect(this.context.destination);
    tone.start(now);
    tone.stop(now + 0.4);
  }
}

export const audition = new Audition();
