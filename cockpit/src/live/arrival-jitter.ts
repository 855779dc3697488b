const WINDOW = 100;

/** Standard deviation of the gaps between the last hundred arrivals, in ms. */
export class ArrivalJitter {
  private readonly gaps: number[] = [];
  private lastMs: number | undefined;

  arrive(nowMs: number): void {
    if (this.lastMs !== undefined) this.gaps.push(nowMs - this.lastMs);
    if (this.gaps.length > WINDOW) this.gaps.shift();
    this.lastMs = nowMs;
  }

  reset(): void {
    this.gaps.length = 0;
    this.lastMs = undefined;
  }

  get deviationMs(): number {
    if (this.gaps.length < 2) return 0;
    const mean = this.gaps.reduce((sum, gap) => sum + gap, 0) / this.gaps.length;
    return Math.sqrt(this.gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / this.gaps.length);
  }
}
