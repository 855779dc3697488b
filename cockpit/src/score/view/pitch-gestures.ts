import type { LanePoint, Note } from '../../wire/types.ts';
import { announce, dropDraft, edit, saved, select, showDraft } from '../store.ts';
import { describeSelection } from '../actions.ts';
import { patchNotes, setLanes } from '../model/edits.ts';
import { drawStroke, eraseStretch, laneRange, withLane } from '../model/lanes.ts';
import { glideAt, predecessors } from '../model/pitch-curve.ts';
import type { ScoreDocument } from '../model/document.ts';
import { pxPerSemitone, scrollY, TOP_MIDI, xToSec } from '../view-state.ts';
import { DRAG_PX, type Gesture, type Point } from './gesture.ts';
import { hitNote } from './note-layout.ts';
import { placeIn, type Handle } from './pitch-handles.ts';

// The pitch tool: draws the bend of the melody on the roll itself, and shapes glide and vibrato by their handles.

const BEND = { lane: 'pitchBend' } as const;
const MOST_GLIDE_SEC = 0.5;
const MOST_DEPTH_CENTS = 100;
const RATES_HZ = [1, 10] as const;
const NEW_RATE_HZ = 5.5;

/** A click selects the note under it, a drag draws the pitch. */
export function bendGesture(from: Point): Gesture {
  const base = saved.value;
  const range = laneRange(BEND);
  const before = predecessors(base.notes);
  const drawn: LanePoint[] = [];
  let drawing = false;
  const add = ({ x, y }: Point): void => {
    const tSec = Math.max(0, xToSec(x));
    const wanted = TOP_MIDI + 0.5 - (y + scrollY.value) / pxPerSemitone.value;
    const note = sungAt(base.notes, tSec, wanted);
    if (note === undefined) return;
    drawn.push({ tSec, value: Math.round((wanted - glideAt(note, before.get(note.id), tSec)) * 100) });
  };
  return {
    move(to) {
      if (!drawing && Math.hypot(to.x - from.x, to.y - from.y) < DRAG_PX) return;
      if (!drawing) add(from);
      drawing = true;
      add(to);
      showDraft(withBend(base, drawStroke(base.lanes.pitchBend ?? [], drawn, range)));
    },
    end() {
      if (!drawing) {
        dropDraft();
        const hit = hitNote(saved.value.notes, from.x, from.y);
        select(hit === undefined ? [] : [hit.note.id]);
        describeSelection();
        return;
      }
      edit(withBend(base, drawStroke(base.lanes.pitchBend ?? [], drawn, range)));
      announce('Pitch drawn');
    },
    cancel: dropDraft,
  };
}

/** The right button takes the bend away where it is dragged. */
export function unbendGesture(from: Point): Gesture {
  const base = saved.value;
  let current = base;
  return {
    move(to) {
      current = withBend(base, eraseStretch(base.lanes.pitchBend ?? [], xToSec(from.x), xToSec(to.x)));
      showDraft(current);
    },
    end: () => edit(current),
    cancel: dropDraft,
  };
}

export function handleGesture(handle: Handle): Gesture {
  const base = saved.value;
  const note = base.notes.find((candidate) => candidate.id === handle.noteId);
  let current = base;
  return {
    move({ x, y }) {
      if (note === undefined) return;
      current = patchNotes(base, new Set([note.id]), shaped(note, handle, x, y));
      showDraft(current);
    },
    end: () => edit(current),
    cancel: dropDraft,
  };
}

function shaped(note: Note, handle: Handle, x: number, y: number): Partial<Note> | { vibrato: undefined } {
  const { insideSec, cents } = placeIn(note, x, y);
  const within = (sec: number, most: number): number => Math.round(Math.min(most, Math.max(0, sec)) * 1000) / 1000;
  if (handle.kind === 'portamento') return { portamentoSec: within(insideSec, Math.min(MOST_GLIDE_SEC, note.durationSec)) };
  const { rateHz, depthCents, onsetSec } = note.vibrato ?? { rateHz: NEW_RATE_HZ, depthCents: 0, onsetSec: 0 };
  if (handle.kind === 'rate') {
    const [slowest, fastest] = RATES_HZ;
    const periodSec = Math.min(1 / slowest, Math.max(1 / fastest, insideSec - onsetSec));
    return { vibrato: { rateHz: Math.round(10 / periodSec) / 10, depthCents, onsetSec } };
  }
  const deep = Math.round(Math.min(MOST_DEPTH_CENTS, Math.max(0, cents)));
  // Pulled down to the note there is no vibrato left.
  return { vibrato: deep === 0 ? undefined : { rateHz, depthCents: deep, onsetSec: within(insideSec, Math.min(1, note.durationSec)) } };
}

/** The note that sounds at a time; of several the one nearest in pitch. */
function sungAt(notes: readonly Note[], tSec: number, midi: number): Note | undefined {
  let best: Note | undefined;
  for (const note of notes) {
    if (note.startSec > tSec) break;
    if (tSec > note.startSec + note.durationSec) continue;
    if (best === undefined || Math.abs(note.midi - midi) < Math.abs(best.midi - midi)) best = note;
  }
  return best;
}

function withBend(document: ScoreDocument, points: readonly LanePoint[]): ScoreDocument {
  return setLanes(document, withLane(document.lanes, BEND, points));
}
