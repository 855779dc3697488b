import type { Note, StoredScore } from '../wire/types.ts';
import { checkScore } from '../score/model/score-check.ts';
import { roundSec } from '../score/model/grid.ts';
import type { Score } from '../wire/types.ts';

/** A stored score of any kind as one that can be edited; undefined when nothing of it can. */
export function editableScore(stored: StoredScore): Score | undefined {
  const checked = checkScore(stored);
  if ('score' in checked) return checked.score;
  if (stored['live'] === true && Array.isArray(stored['eventLog'])) return takeScore(liveEvents(stored['eventLog']), 120);
  const tape = stored['eventTape'];
  if (stored['jam'] === true && isObject(tape) && Array.isArray(tape['events'])) {
    const rate = typeof tape['sampleRateHz'] === 'number' ? tape['sampleRateHz'] : 48_000;
    return takeScore(tapeEvents(tape['events'], rate), typeof tape['bpm'] === 'number' ? tape['bpm'] : 120);
  }
  return undefined;
}

/** Something played: the beginning or the end of a note. */
interface PlayedEvent {
  readonly on: boolean;
  readonly tSec: number;
  readonly key: string;
  readonly fields: Record<string, unknown>;
}

const LONGEST_SEC = 120;

/** Notes that were never released end with the take. */
function takeScore(events: readonly PlayedEvent[], bpm: number): Score | undefined {
  if (events.length === 0) return undefined;
  const open = new Map<string, PlayedEvent>();
  const notes: Note[] = [];
  const close = (start: PlayedEvent, endSec: number): void => {
    const { midi, velocity, timbre, breathiness, lyric } = start.fields;
    if (typeof midi !== 'number') return;
    notes.push({
      id: `t${notes.length + 1}`,
      startSec: roundSec(start.tSec),
      durationSec: roundSec(Math.min(LONGEST_SEC, Math.max(0.02, endSec - start.tSec))),
      midi,
      ...(typeof velocity === 'number' ? { velocity } : {}),
      ...(typeof timbre === 'string' ? { timbre } : {}),
      ...(typeof breathiness === 'number' ? { breathiness } : {}),
      ...(typeof lyric === 'string' ? { lyric } : {}),
    });
  };
  for (const event of events) {
    const before = open.get(event.key);
    if (before !== undefined) close(before, event.tSec);
    if (event.on) open.set(event.key, event);
    else open.delete(event.key);
  }
  const end = Math.max(...events.map((event) => event.tSec)) + 0.5;
  for (const event of open.values()) close(event, end);
  return { bpm, notes };
}

/** Live logs carry the time in samples of the take, older ones as epoch milliseconds. */
function liveEvents(log: readonly unknown[]): PlayedEvent[] {
  const entries = log.filter(isObject).filter((entry) => entry['type'] === 'note_on' || entry['type'] === 'note_off');
  const first = entries.map((entry) => entry['t']).find((t) => typeof t === 'number') ?? 0;
  return entries.map((entry) => ({
    on: entry['type'] === 'note_on',
    tSec: timeOf(entry, first),
    key: String(entry['noteId']),
    fields: entry,
  }));
}

function timeOf(entry: Record<string, unknown>, firstMs: number): number {
  if (typeof entry['sample'] === 'number') return entry['sample'] / 48_000;
  return typeof entry['t'] === 'number' ? Math.max(0, (entry['t'] - firstMs) / 1000) : 0;
}

function tapeEvents(events: readonly unknown[], sampleRateHz: number): PlayedEvent[] {
  return events.filter(isObject).filter((entry) => entry['event'] === 'note_on' || entry['event'] === 'note_off').map((entry) => {
    const payload = isObject(entry['payload']) ? entry['payload'] : {};
    const sample = typeof entry['tSample'] === 'number' ? entry['tSample'] : 0;
    return {
      on: entry['event'] === 'note_on',
      tSec: Math.max(0, sample / sampleRateHz),
      key: `${String(entry['trackId'])} ${String(payload['noteId'])}`,
      fields: payload,
    };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
