import type { LanePoint } from '../../wire/types.ts';
import { DEFAULT_VELOCITY } from '../model/document.ts';
import { setLanes } from '../model/edits.ts';
import { drawStroke, eraseStretch, laneKey, lanePoints, laneRange, withLane, type LaneId } from '../model/lanes.ts';
import { edit, saved, selection, shown, showDraft } from '../store.ts';
import { secToX, xToSec, type LowerView } from '../view-state.ts';
import { yToValue } from './lane-painter.ts';

/** How near to a note's start the pointer has to come to change its velocity. */
const VELOCITY_REACH_PX = 10;

export function clearLane(id: LaneId): void {
  edit(setLanes(saved.value, withLane(saved.value.lanes, id, [])));
}

/** Draws until the pointer is let go; the whole stroke is one step of the history. */
export function startLaneStroke(event: PointerEvent & { currentTarget: HTMLCanvasElement }, view: LowerView): void {
  const canvas = event.currentTarget;
  canvas.setPointerCapture(event.pointerId);
  const stroke = 'velocity' in view ? velocityStroke(canvas)
    : event.button === 2 ? eraseStroke(view, event.offsetX) : curveStroke(view, canvas);
  stroke(event.offsetX, event.offsetY);
  const onMove = (moved: PointerEvent): void => stroke(moved.offsetX, moved.offsetY);
  canvas.addEventListener('pointermove', onMove);
  const stop = (): void => {
    canvas.removeEventListener('pointermove', onMove);
    edit(shown.value, `lane:${'velocity' in view ? 'velocity' : laneKey(view)}:${performance.now()}`);
  };
  canvas.addEventListener('pointerup', stop, { once: true });
}

type Stroke = (x: number, y: number) => void;

function curveStroke(id: LaneId, canvas: HTMLCanvasElement): Stroke {
  const base = saved.value;
  const range = laneRange(id);
  const drawn: LanePoint[] = [];
  return (x, y) => {
    drawn.push({ tSec: Math.max(0, xToSec(x)), value: yToValue(y, range, canvas.clientHeight) });
    showDraft(setLanes(base, withLane(base.lanes, id, drawStroke(lanePoints(base.lanes, id), drawn, range))));
  };
}

function eraseStroke(id: LaneId, fromX: number): Stroke {
  const base = saved.value;
  return (x) => {
    const points = eraseStretch(lanePoints(base.lanes, id), xToSec(fromX), xToSec(x));
    showDraft(setLanes(base, withLane(base.lanes, id, points)));
  };
}

/** Sets the velocity of the notes that the pointer passes; of selected ones only, when some are selected. */
function velocityStroke(canvas: HTMLCanvasElement): Stroke {
  const range = { label: '', min: 0, max: 1, rest: DEFAULT_VELOCITY, unit: '' };
  return (x, y) => {
    const velocity = Math.round(yToValue(y, range, canvas.clientHeight) * 100) / 100;
    const only = selection.value;
    const base = shown.value;
    const notes = base.notes.map((note) => {
      const near = Math.abs(secToX(note.startSec) - x) <= VELOCITY_REACH_PX && (only.size === 0 || only.has(note.id));
      return near ? { ...note, velocity } : note;
    });
    showDraft({ ...base, notes });
  };
}
