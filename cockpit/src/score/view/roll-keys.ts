import {
  copySelection, cutSelection, deleteSelection, describeSelection, duplicateSelection, nudge, paste, quantiseSelection, selectAll,
  selectNeighbour, splitSelection, stretch,
} from '../actions.ts';
import { addNote, endOfScoreSec } from '../model/edits.ts';
import { beatSec } from '../model/grid.ts';
import { editCursorSec, player, togglePlay } from '../session.ts';
import { edit, redoEdit, saved, select, selectedNotes, undoEdit } from '../store.ts';
import { tool } from '../view-state.ts';
import { editedNoteId } from './lyric-editing.ts';
import { zoomBy } from './roll-scroller.ts';

type Command = () => void;

const PLAIN: Record<string, Command> = {
  'Delete': deleteSelection,
  'Backspace': deleteSelection,
  'ArrowLeft': () => nudge(-1, 0),
  'ArrowRight': () => nudge(1, 0),
  'ArrowUp': () => nudge(0, 1),
  'ArrowDown': () => nudge(0, -1),
  ',': () => selectNeighbour(-1),
  '.': () => selectNeighbour(1),
  'Enter': editLyric,
  'n': addAtCursor,
  'q': quantiseSelection,
  's': () => splitSelection(player.playing.value ? player.positionSec.value : editCursorSec.value ?? 0),
  'd': () => { tool.value = 'draw'; },
  'v': () => { tool.value = 'select'; },
  'p': () => { tool.value = 'pitch'; },
  ' ': togglePlay,
  '+': () => zoomBy(1.25),
  '-': () => zoomBy(0.8),
};

const SHIFTED: Record<string, Command> = {
  ArrowLeft: () => stretch(-1),
  ArrowRight: () => stretch(1),
  ArrowUp: () => nudge(0, 12),
  ArrowDown: () => nudge(0, -12),
};

const CONTROLLED: Record<string, Command> = {
  a: selectAll,
  c: copySelection,
  x: cutSelection,
  v: () => paste(editCursorSec.value),
  d: duplicateSelection,
  z: undoEdit,
  y: redoEdit,
};

/** The roll's keys; the same commands have buttons. */
export function onRollKey(event: KeyboardEvent): void {
  const command = commandOf(event);
  if (command === undefined) return;
  event.preventDefault();
  command();
}

function commandOf(event: KeyboardEvent): Command | undefined {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return key === 'z' && event.shiftKey ? redoEdit : CONTROLLED[key];
  if (event.altKey) return undefined;
  return event.shiftKey ? SHIFTED[key] ?? PLAIN[key] : PLAIN[key];
}

function editLyric(): void {
  const first = selectedNotes.value[0];
  if (first !== undefined) editedNoteId.value = first.id;
}

/** A note of one beat after the selection, at its pitch, or at the edit cursor. */
export function addAtCursor(): void {
  const document = saved.value;
  const beat = beatSec(document.bpm);
  const last = selectedNotes.value.at(-1);
  const startSec = last === undefined ? editCursorSec.value ?? endOfScoreSec(document, beat) : last.startSec + last.durationSec;
  const made = addNote(document, { startSec, durationSec: last?.durationSec ?? beat, midi: last?.midi ?? 60 });
  edit(made.document);
  select([made.id]);
  describeSelection();
}
