import { renderAndPlay, togglePlay } from '../session.ts';
import { redoEdit, undoEdit } from '../store.ts';

// Keys of the whole score tab, wherever the focus is. What only makes sense on the roll is in roll-keys.ts.

/** Listens while the tab is shown. Returns the stop function. */
export function connectScoreKeys(): () => void {
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

function onKey(event: KeyboardEvent): void {
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  if (event.defaultPrevented || target?.closest('dialog') != null) return;
  const command = commandOf(event, target);
  if (command === undefined) return;
  event.preventDefault();
  command();
}

function commandOf(event: KeyboardEvent, target: HTMLElement | undefined): (() => void) | undefined {
  const typing = target?.closest('input:not([type=range]):not([type=checkbox]), textarea, select') != null;
  const controlled = event.ctrlKey || event.metaKey;
  if (controlled && event.key === 'Enter') return () => void renderAndPlay();
  if (typing) return undefined;
  const key = event.key.toLowerCase();
  if (controlled && key === 'z') return event.shiftKey ? redoEdit : undoEdit;
  if (controlled && key === 'y') return redoEdit;
  // A button, box or summary that has the focus keeps its space bar.
  const pressable = target?.closest('button, input, summary, a') != null;
  return event.key === ' ' && !controlled && !pressable ? togglePlay : undefined;
}
