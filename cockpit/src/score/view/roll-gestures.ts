import { signal } from '@preact/signals';
import type { Note } from '../../wire/types.ts';
import { audition } from '../../audio/audition.ts';
import { addNote, deleteNotes, insertNotes, moveNotes, resizeNotes, type Edge } from '../model/edits.ts';
import { beatSec, snapDown, snapNearest } from '../model/grid.ts';
import type { ScoreDocument } from '../model/document.ts';
import { announce, dropDraft, edit, saved, select, selection, showDraft } from '../store.ts';
import { describeSelection } from '../actions.ts';
import { snapStep, tool, xToSec, yToMidi } from '../view-state.ts';
import { DRAG_PX, type Gesture, type Point } from './gesture.ts';
import { boxBetween, hitNote, notesInBox, type Box } from './note-layout.ts';
import { bendGesture, handleGesture } from './pitch-gestures.ts';
import { hitHandle } from './pitch-handles.ts';

// What the pointer does on the roll. A gesture shows drafts while it runs and makes one edit when it ends.

export const marquee = signal<Box | undefined>(undefined);

export interface Press extends Point {
  /** Takes a note in or out of the selection, or starts a marquee on empty ground. */
  readonly extend: boolean;
  /** Drags a copy. */
  readonly copy: boolean;
}

export function startGesture(press: Press): Gesture | undefined {
  if (tool.value === 'pitch' && !press.extend) {
    const handle = hitHandle(press.x, press.y);
    return handle === undefined ? bendGesture(press) : handleGesture(handle);
  }
  const hit = hitNote(saved.value.notes, press.x, press.y);
  if (hit !== undefined) {
    if (press.extend) {
      toggle(hit.note.id);
      return undefined;
    }
    if (!selection.value.has(hit.note.id)) select([hit.note.id]);
    audition.play(hit.note.midi);
    return hit.zone === 'body' ? moveGesture(press, hit.note) : resizeGesture(press, hit.note, hit.zone);
  }
  return tool.value === 'draw' && !press.extend ? drawGesture(press) : marqueeGesture(press);
}

export function eraseAt(at: Point): void {
  const hit = hitNote(saved.value.notes, at.x, at.y);
  if (hit === undefined) return;
  edit(deleteNotes(saved.value, new Set([hit.note.id])));
  announce('Note deleted');
}

function toggle(id: string): void {
  const ids = new Set(selection.value);
  if (!ids.delete(id)) ids.add(id);
  select(ids);
  describeSelection();
}

function moveGesture(from: Press, grabbed: Note): Gesture {
  let base: ScoreDocument = saved.value;
  if (from.copy) {
    const copied = insertNotes(base, base.notes.filter((note) => selection.value.has(note.id)), 0);
    base = copied.document;
    select(copied.ids);
  }
  const startMidi = yToMidi(from.y);
  const startSec = xToSec(from.x);
  let heard = grabbed.midi;
  return dragged(from, base, (to) => {
    // The grabbed note lands on the grid, the others keep their distance to it.
    const target = snapNearest(grabbed.startSec + xToSec(to.x) - startSec, snapStep.value);
    const semitones = yToMidi(to.y) - startMidi;
    if (grabbed.midi + semitones !== heard) {
      heard = grabbed.midi + semitones;
      audition.play(heard);
    }
    return moveNotes(base, selection.value, target - grabbed.startSec, semitones);
  });
}

function resizeGesture(from: Press, grabbed: Note, edge: Edge): Gesture {
  const base = saved.value;
  const at = edge === 'start' ? grabbed.startSec : grabbed.startSec + grabbed.durationSec;
  const least = snapStep.value === undefined ? 0.02 : Math.min(snapStep.value, 0.1);
  const startSec = xToSec(from.x);
  return dragged(from, base, (to) => {
    const target = snapNearest(at + xToSec(to.x) - startSec, snapStep.value);
    return resizeNotes(base, selection.value, edge, target - at, least);
  });
}

/** A click makes a note of one beat; dragging to the right sets its length. */
function drawGesture(from: Press): Gesture {
  const base = saved.value;
  const startSec = snapDown(xToSec(from.x), snapStep.value);
  const beat = beatSec(base.bpm);
  const midi = yToMidi(from.y);
  audition.play(midi);
  const made = addNote(base, { startSec, durationSec: beat, midi });
  showDraft(made.document);
  let current = made.document;
  return {
    move(to) {
      if (Math.abs(to.x - from.x) < DRAG_PX) return;
      const step = snapStep.value;
      const end = Math.max(startSec + (step ?? 0.05), snapNearest(xToSec(to.x), step));
      current = resizeNotes(made.document, new Set([made.id]), 'end', end - startSec - beat, step ?? 0.05);
      showDraft(current);
    },
    end() {
      edit(current);
      select([made.id]);
      describeSelection();
    },
    cancel: dropDraft,
  };
}

function marqueeGesture(from: Press): Gesture {
  const kept = from.extend ? selection.value : new Set<string>();
  select(kept);
  return {
    move(to) {
      marquee.value = boxBetween(from.x, from.y, to.x, to.y);
      select([...kept, ...notesInBox(saved.value.notes, marquee.value)]);
    },
    end() {
      marquee.value = undefined;
      if (selection.value.size > 0) describeSelection();
    },
    cancel() {
      marquee.value = undefined;
      select(kept);
    },
  };
}

/** A drag that changes nothing until the pointer has really moved. */
function dragged(from: Point, base: ScoreDocument, change: (to: Point) => ScoreDocument): Gesture {
  let current: ScoreDocument | undefined = base === saved.value ? undefined : base;
  let moved = false;
  return {
    move(to) {
      moved ||= Math.hypot(to.x - from.x, to.y - from.y) >= DRAG_PX;
      if (!moved) return;
      current = change(to);
      showDraft(current);
    },
    end() {
      if (current !== undefined) edit(current);
      else dropDraft();
      describeSelection();
    },
    cancel: dropDraft,
  };
}
