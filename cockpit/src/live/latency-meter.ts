import { signal } from '@preact/signals';

const GAP_MS = 200;
const PATIENCE_MS = 3000;

/** Round trips by ping and pong, on the page's own clock. */
export class LatencyMeter {
  /** Median of the last measurement, then of each single ping. */
  readonly rttMs = signal<number | undefined>(undefined);
  readonly measuring = signal(false);
  private readonly waiting = new Map<number, (rttMs: number) => void>();

  constructor(private readonly sendPing: (clientTimestamp: number) => void) {}

  /** Several pings, 200 ms apart; the median counts. */
  async measure(count: number): Promise<void> {
    this.measuring.value = true;
    const results: Promise<number | undefined>[] = [];
    for (let i = 0; i < count; i += 1) {
      results.push(this.one());
      if (i + 1 < count) await new Promise((resolve) => { setTimeout(resolve, GAP_MS); });
    }
    const trips = (await Promise.all(results)).filter((trip) => trip !== undefined).sort((a, b) => a - b);
    this.rttMs.value = trips[Math.floor(trips.length / 2)];
    this.measuring.value = false;
  }

  /** One ping on the side; its round trip replaces the figure. */
  ping(): void {
    void this.one().then((trip) => {
      if (trip !== undefined && !this.measuring.value) this.rttMs.value = trip;
    });
  }

  pong(clientTimestamp: number): void {
    this.waiting.get(clientTimestamp)?.(performance.now() - clientTimestamp);
    this.waiting.delete(clientTimestamp);
  }

  private one(): Promise<number | undefined> {
    return new Promise((resolve) => {
      const sentMs = performance.now();
      const giveUp = window.setTimeout(() => {
        this.waiting.delete(sentMs);
        resolve(undefined);
      }, PATIENCE_MS);
      this.waiting.set(sentMs, (trip) => {
        window.clearTimeout(giveUp);
        resolve(trip);
      });
      this.sendPing(sentMs);
    });
  }
}
