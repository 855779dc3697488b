import { signal } from '@preact/signals';

const GAP_MS = 200;
const PATIENCE_MS = 3000;

/** Single pings whose median counts: one that met a busy moment says nothing about the distance. */
const LAST_PINGS = 5;

/** Round trips by ping and pong, on the page's own clock. */
export class LatencyMeter {
  /** Median of the last round trips. */
  readonly rttMs = signal<number | undefined>(undefined);
  readonly measuring = signal(false);
  private readonly waiting = new Map<number, (rttMs: number) => void>();
  private last: number[] = [];

  constructor(private readonly sendPing: (clientTimestamp: number) => void) {}

  /** Several pings, 200 ms apart; the median counts. */
  async measure(count: number): Promise<void> {
    this.measuring.value = true;
    const results: Promise<number | undefined>[] = [];
    for (let i = 0; i < count; i += 1) {
      results.push(this.one());
      if (i + 1 < count) await new Promise((resolve) => { setTimeout(resolve, GAP_MS); });
    }
    this.last = (await Promise.all(results)).filter((trip) => trip !== undefined);
    this.rttMs.value = median(this.last);
    this.measuring.value = false;
  }

  /** One ping on the side; its round trip counts among the last few. */
  ping(): void {
    void this.one().then((trip) => {
      if (trip === undefined || this.measuring.value) return;
      this.last = [...this.last, trip].slice(-LAST_PINGS);
      this.rttMs.value = median(this.last);
    });
  }

  /** Another connection: what was measured before says nothing about it. */
  forget(): void {
    this.last = [];
    this.rttMs.value = undefined;
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

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
