import { signal } from '@preact/signals';
import { asFailure, isAbort, type Failure } from '../wire/failure.ts';

export interface ShownError {
  readonly key: number;
  /** What the user was doing, such as "Rendering". */
  readonly action: string;
  readonly failure: Failure;
}

const MOST_SHOWN = 3;
let nextKey = 1;

export const shownErrors = signal<readonly ShownError[]>([]);

/** Shows a failure inline. The same failure of the same action replaces its older showing; aborts are no failures. */
export function reportError(action: string, problem: unknown): void {
  if (isAbort(problem)) return;
  const failure = asFailure(problem);
  const others = shownErrors.value.filter((e) => e.action !== action || e.failure.code !== failure.code);
  shownErrors.value = [{ key: nextKey++, action, failure }, ...others].slice(0, MOST_SHOWN);
}

export function dismissError(key: number): void {
  shownErrors.value = shownErrors.value.filter((e) => e.key !== key);
}

/** Clears what an action reported earlier, now that it worked. */
export function clearErrors(action: string): void {
  if (shownErrors.value.some((e) => e.action === action)) {
    shownErrors.value = shownErrors.value.filter((e) => e.action !== action);
  }
}

/** Clears every showing of a code, now that its cause is gone. */
export function clearCode(code: string): void {
  shownErrors.value = shownErrors.value.filter((e) => e.failure.code !== code);
}
