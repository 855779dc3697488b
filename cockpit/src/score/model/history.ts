/** Undo and redo over immutable states. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Edits that carry the same key one after the other are undone as one: a held arrow key, a dragged slider. */
  readonly mergeKey: string | undefined;
}

const MOST_STEPS = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], mergeKey: undefined };
}

export function record<T>(history: History<T>, next: T, mergeKey?: string): History<T> {
  if (Object.is(next, history.present)) return history;
  const merges = mergeKey !== undefined && mergeKey === history.mergeKey && history.past.length > 0;
  const past = merges ? history.past : [...history.past, history.present].slice(-MOST_STEPS);
  return { past, present: next, future: [], mergeKey };
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    mergeKey: undefined,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, mergeKey: undefined };
}
