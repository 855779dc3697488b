import { expect, it } from 'vitest';
import { record, redo, startHistory, undo } from '../../src/score/model/history.ts';

it('goes back and forth', () => {
  const history = record(record(startHistory(1), 2), 3);
  expect(undo(history).present).toBe(2);
  expect(redo(undo(undo(history))).present).toBe(2);
  expect(undo(undo(undo(history))).present).toBe(1);
});

it('forgets the future once something new is done', () => {
  const history = record(undo(record(startHistory(1), 2)), 5);
  expect(redo(history).present).toBe(5);
});

it('merges edits with the same key into one step', () => {
  const history = record(record(record(startHistory(0), 1), 2, 'drag'), 3, 'drag');
  expect(undo(history).present).toBe(1);
});

it('does not merge into the state before the first edit, nor across an undo', () => {
  expect(undo(record(startHistory(0), 1, 'drag')).present).toBe(0);
  const again = record(undo(record(record(startHistory(0), 1, 'x'), 2, 'y')), 3, 'x');
  expect(undo(again).present).toBe(1);
});

it('records nothing when nothing changed', () => {
  const history = startHistory('same');
  expect(record(history, 'same')).toBe(history);
});
