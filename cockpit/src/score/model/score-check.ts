import type { Issue, Note, Score } from '../../wire/types.ts';

/** What of an unknown value can be edited: the score, or why not. The daemon validates in full when it renders. */
export type Checked = { readonly score: Score } | { readonly issues: readonly Issue[] };

const MOST_ISSUES = 5;

export function checkScore(value: unknown): Checked {
  if (!isObject(value)) return { issues: [{ path: '', message: 'is not a JSON object' }] };
  if (value['live'] === true || value['jam'] === true) {
    return { issues: [{ path: '', message: 'is the event log of a live or jam take, not a score with notes' }] };
  }
  const issues: Issue[] = [];
  inRange(value, 'bpm', 20, 400, '', issues);
  const notes = value['notes'];
  if (!Array.isArray(notes)) issues.push({ path: 'notes', message: 'has to be a list' });
  else notes.forEach((note, index) => checkNote(note, `notes.${index}`, issues));
  for (const member of ['lyrics', 'lanes', 'dictionary']) {
    if (value[member] !== undefined && !isObject(value[member])) issues.push({ path: member, message: 'has to be an object' });
  }
  if (isObject(value['lanes'])) checkLanes(value['lanes'], issues);
  if (value['phonemes'] !== undefined && !Array.isArray(value['phonemes'])) {
    issues.push({ path: 'phonemes', message: 'has to be a list' });
  }
  return issues.length > 0 ? { issues: issues.slice(0, MOST_ISSUES) } : { score: value as Score };
}

function checkNote(note: unknown, path: string, issues: Issue[]): void {
  if (issues.length >= MOST_ISSUES) return;
  if (!isObject(note)) {
    issues.push({ path, message: 'has to be an object' });
    return;
  }
  if (typeof note['id'] !== 'string' || note['id'] === '') issues.push({ path: `${path}.id`, message: 'has to be a text' });
  inRange(note, 'startSec', 0, 3600, path, issues);
  inRange(note, 'durationSec', 0.001, 3600, path, issues);
  inRange(note, 'midi', 0, 127, path, issues);
  for (const member of ['timbre', 'lyric'] as const satisfies readonly (keyof Note)[]) {
    if (note[member] !== undefined && typeof note[member] !== 'string') {
      issues.push({ path: `${path}.${member}`, message: 'has to be a text' });
    }
  }
}

function checkLanes(lanes: Record<string, unknown>, issues: Issue[]): void {
  for (const [name, lane] of Object.entries(lanes)) {
    const curves = name === 'timbreMorph' && isObject(lane) ? Object.values(lane) : [lane];
    if (!curves.every((curve) => Array.isArray(curve) && curve.every(isPoint))) {
      issues.push({ path: `lanes.${name}`, message: 'has to be a list of {tSec, value}' });
    }
  }
}

function inRange(
  owner: Record<string, unknown>, member: string, min: number, max: number, path: string, issues: Issue[],
): void {
  const value = owner[member];
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    issues.push({ path: path === '' ? member : `${path}.${member}`, message: `has to be a number from ${min} to ${max}` });
  }
}

function isPoint(point: unknown): boolean {
  return isObject(point) && typeof point['tSec'] === 'number' && typeof point['value'] === 'number';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
