const DEFAULT_BPM = 120;

/** Tempo marks over time in quarter notes. */
export class TempoMap {
  private marks: { readonly quarter: number; readonly bpm: number }[] = [];

  set(quarter: number, bpm: number): void {
    this.marks = [...this.marks.filter((mark) => mark.quarter !== quarter), { quarter, bpm }]
      .sort((a, b) => a.quarter - b.quarter);
  }

  firstBpm(): number {
    return this.marks[0]?.bpm ?? DEFAULT_BPM;
  }

  secondsAt(quarter: number): number {
    let seconds = 0;
    let at = 0;
    let bpm = this.marks[0]?.quarter === 0 ? this.firstBpm() : DEFAULT_BPM;
    for (const mark of this.marks) {
      if (mark.quarter >= quarter) break;
      seconds += ((mark.quarter - at) * 60) / bpm;
      at = mark.quarter;
      bpm = mark.bpm;
    }
    return seconds + ((quarter - at) * 60) / bpm;
  }
}
