/** Weights of a place on the pad's X axis: the timbres lie at equal distances, neighbours are blended. */
export function blendAt(x: number, timbres: readonly string[]): Record<string, number> {
  if (timbres.length === 0) return {};
  const place = Math.min(1, Math.max(0, x)) * (timbres.length - 1);
  const left = Math.min(timbres.length - 1, Math.floor(place));
  const share = place - left;
  return Object.fromEntries(timbres.map((name, index) =>
    [name, index === left ? 1 - share : index === left + 1 ? share : 0]));
}

/** Lets at most one call through per interval and never loses the last one. */
export class Throttle<T> {
  private waiting: T | undefined;
  private timer: number | undefined;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly intervalMs: number, private readonly run: (value: T) => void) {}

  call(value: T): void {
    this.waiting = value;
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.lastMs + this.intervalMs - performance.now());
    if (wait === 0) {
      this.flush();
      return;
    }
    this.timer = window.setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, wait);
  }

  private flush(): void {
    this.lastMs = performance.now();
    const value = this.waiting;
    this.waiting = undefined;
    if (value !== undefined) this.run(value);
  }
}
