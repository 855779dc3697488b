import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { currentTab, type Tab } from '../state/navigation.ts';
import { Dialog } from '../ui/Dialog.tsx';

export const keysDialogOpen = signal(false);

type Row = readonly [keys: string, does: string];

const EVERYWHERE: readonly Row[] = [['?', 'This list'], ['Alt + 1 … 4', 'Score, Live, Jam, Bank'], ['Esc', 'Close, or let go']];

const OF_TAB: Record<Tab, readonly Row[]> = {
  score: [
    ['Space', 'Play and stop'], ['Ctrl + Enter', 'Render and play'], ['Ctrl + Z, Ctrl + Y', 'Undo, redo'],
    ['D, V, P', 'Tools: draw, select, pitch'], ['N', 'Add a note after the selection'], [', and .', 'Previous and next note'],
    ['Arrows', 'Move by a grid step or a semitone'], ['Shift + ← →', 'Shorten, lengthen'], ['Shift + ↑ ↓', 'Move by an octave'],
    ['Enter', 'Write the word; Tab or Space goes on'], ['Del', 'Delete'], ['Ctrl + A, C, X, V, D', 'Select all, copy, cut, paste, duplicate'],
    ['Q', 'Quantise'], ['S', 'Split at the cursor'], ['+ and -', 'Zoom'], ['Ctrl or Alt + wheel', 'Zoom time, zoom pitch'],
    ['Alt + drag', 'Drag a copy'], ['Shift + drag', 'Select with a frame'], ['Right button', 'Erase'],
  ],
  live: [
    ['Z S X D C V G B H N J M', 'Lower octave'], ['Q 2 W 3 E R 5 T 6 Y 7 U', 'Upper octave'], ['[ and ]', 'An octave down, up'],
    ['Arrows on the pad', 'Blend of timbres, breath'], ['Esc', 'Panic: silence at once'],
  ],
  jam: [['Z S X … and Q 2 W …', 'Play your armed track'], ['[ and ]', 'An octave down, up']],
  bank: [['Enter on a name', 'Open and close its details'], ['Space on a box', 'Choose for comparison']],
};

/** The keys of the tab that is shown; opened from the header or with a question mark. */
export function KeysDialog() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog') !== null;
      if (event.key !== '?' || typing || event.defaultPrevented) return;
      event.preventDefault();
      keysDialogOpen.value = true;
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog title="Keys" open={keysDialogOpen.value} onClose={() => { keysDialogOpen.value = false; }}>
      <table class="keys">
        <tbody>
          {[...OF_TAB[currentTab.value], ...EVERYWHERE].map(([keys, does]) => (
            <tr key={keys + does}><th scope="row"><kbd>{keys}</kbd></th><td>{does}</td></tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
