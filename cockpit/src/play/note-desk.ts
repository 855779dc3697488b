/** What a sounding note needs on the wire. */
export interface PlayedNote {
  readonly noteId: string;
  readonly midi: number;
  readonly velocity: number;
}

export interface NoteSink {
  on(note: PlayedNote): void;
  off(noteId: string): void;
}

export interface Clock {
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** Runs later; the answer cancels. */
  after(delayMs: number, run: () => void): () => void;
}

interface Grid {
  readonly stepMs: number;
  readonly originMs: number;
}

const SHORTEST_MS = 40;

/**
 * Keeps track of the keys: the hold switch gathers note-offs, quantising puts notes on the grid. A note that was let go
 * before its grid line still sounds, as long as it was held, and always ends after it began.
 */
export class NoteDesk {
  private readonly pressed = new Map<string, { readonly atMs: number; cancelOn?: (() => void) | undefined; sounds: boolean; readonly note: PlayedNote }>();
  private readonly held = new Set<string>();
  private holding = false;
  private grid: Grid | undefined;

  constructor(private readonly sink: NoteSink, private readonly clock: Clock) {}

  setGrid(grid: Grid | undefined): void {
    this.grid = grid;
  }

  press(note: PlayedNote): void {
    this.pressed.get(note.noteId)?.cancelOn?.();
    this.held.delete(note.noteId);
    const entry = { atMs: this.clock.now(), note, sounds: false, cancelOn: undefined as (() => void) | undefined };
    this.pressed.set(note.noteId, entry);
    const delay = this.delayToGrid();
    if (delay <= 0) {
      entry.sounds = true;
      this.sink.on(note);
      return;
    }
    entry.cancelOn = this.clock.after(delay, () => {
      entry.sounds = true;
      entry.cancelOn = undefined;
      this.sink.on(note);
    });
  }

  release(noteId: string): void {
    const entry = this.pressed.get(noteId);
    if (entry === undefined) return;
    this.pressed.delete(noteId);
    if (!entry.sounds && entry.cancelOn !== undefined) {
      // Let go before its line: it is started there all the same, and ends as long after that as it was held.
      entry.cancelOn();
      const playedMs = Math.max(SHORTEST_MS, this.clock.now() - entry.atMs);
      this.clock.after(this.delayToGrid(), () => {
        this.sink.on(entry.note);
        this.clock.after(playedMs, () => this.end(noteId));
      });
      return;
    }
    this.end(noteId);
  }

  setHold(on: boolean): void {
    this.holding = on;
    if (on) return;
    for (const noteId of this.held) this.sink.off(noteId);
    this.held.clear();
  }

  /** Lets go of every key, as when the page or the tab is left while keys are down. */
  releaseAll(): void {
    for (const noteId of [...this.pressed.keys()]) this.release(noteId);
  }

  /** After a panic nothing sounds and nothing is held. */
  forget(): void {
    for (const entry of this.pressed.values()) entry.cancelOn?.();
    this.pressed.clear();
    this.held.clear();
  }

  private end(noteId: string): void {
    if (this.pressed.has(noteId)) return;
    if (this.holding) this.held.add(noteId);
    else this.sink.off(noteId);
  }

  private delayToGrid(): number {
    if (this.grid === undefined) return 0;
    const { stepMs, originMs } = this.grid;
    const inside = (this.clock.now() - originMs) % stepMs;
    const early = inside < 0 ? inside + stepMs : inside;
    // A key that comes just after its line is meant for it.
    return early < stepMs * 0.15 ? 0 : stepMs - early;
  }
}
