import { signal } from '@preact/signals';

/** Counts changes of the bank made elsewhere in the cockpit, so that the bank's list reads itself anew. */
export const bankVersion = signal(0);

export function bankChanged(): void {
  bankVersion.value += 1;
}
