import { beforeEach, describe, expect, it } from 'vitest';
import { NoteDesk } from '../../src/play/note-desk.ts';

/** A clock that is turned by hand. */
class HandClock {
  private ms = 0;
  private jobs: { atMs: number; run: () => void }[] = [];
  now = (): number => this.ms;
  after = (delayMs: number, run: () => void): (() => void) => {
    const job = { atMs: this.ms + delayMs, run };
    this.jobs.push(job);
    return () => { this.jobs = this.jobs.filter((other) => other !== job); };
  };
  turn(byMs: number): void {
    const until = this.ms + byMs;
    for (;;) {
      const next = this.jobs.filter((job) => job.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.jobs = this.jobs.filter((job) => job !== next);
      this.ms = next.atMs;
      next.run();
    }
    this.ms = until;
  }
}

let clock: HandClock;
let log: string[];
let desk: NoteDesk;
const note = (noteId: string) => ({ noteId, midi: 60, velocity: 0.8 });

beforeEach(() => {
  clock = new HandClock();
  log = [];
  desk = new NoteDesk({
    on: ({ noteId }) => log.push(`${clock.now()} on ${noteId}`),
    off: (noteId) => log.push(`${clock.now()} off ${noteId}`),
  }, clock);
});

it('passes notes on at once', () => {
  desk.press(note('a'));
  clock.turn(10);
  desk.release('a');
  expect(log).toEqual(['0 on a', '10 off a']);
});

it('ignores the release of a key that is not down', () => {
  desk.release('a');
  expect(log).toEqual([]);
});

describe('hold', () => {
  it('gathers note-offs and lets them go when it is switched off', () => {
    desk.setHold(true);
    desk.press(note('a'));
    desk.release('a');
    desk.press(note('b'));
    desk.setHold(false);
    expect(log).toEqual(['0 on a', '0 on b', '0 off a']);
  });

  it('does not end a note that was struck again', () => {
    desk.setHold(true);
    desk.press(note('a'));
    desk.release('a');
    desk.press(note('a'));
    desk.setHold(false);
    expect(log).toEqual(['0 on a', '0 on a']);
  });
});

describe('quantising', () => {
  beforeEach(() => desk.setGrid({ stepMs: 100, originMs: 0 }));

  it('waits for the next line', () => {
    clock.turn(40);
    desk.press(note('a'));
    clock.turn(100);
    desk.release('a');
    expect(log).toEqual(['100 on a', '140 off a']);
  });

  it('takes a note that is a little late as meant for its line', () => {
    clock.turn(110);
    desk.press(note('a'));
    expect(log).toEqual(['110 on a']);
  });

  it('never ends a note before it began, however short the key was down', () => {
    clock.turn(40);
    desk.press(note('a'));
    clock.turn(50);
    desk.release('a');
    clock.turn(200);
    expect(log).toEqual(['100 on a', '150 off a']);
  });
});

it('lets every key go when the page is left', () => {
  desk.press(note('a'));
  desk.press(note('b'));
  desk.releaseAll();
  desk.releaseAll();
  expect(log).toEqual(['0 on a', '0 on b', '0 off a', '0 off b']);
});

it('says nothing after a panic', () => {
  desk.setGrid({ stepMs: 100, originMs: 0 });
  clock.turn(30);
  desk.press(note('a'));
  desk.forget();
  clock.turn(500);
  desk.release('a');
  expect(log).toEqual([]);
});
