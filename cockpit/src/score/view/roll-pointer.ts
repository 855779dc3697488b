import { selection, select } from '../store.ts';
import { shown } from '../store.ts';
import { tool } from '../view-state.ts';
import { hitNote } from './note-layout.ts';
import { editedNoteId } from './lyric-editing.ts';
import type { Gesture, Point } from './gesture.ts';
import { unbendGesture } from './pitch-gestures.ts';
import { hitHandle } from './pitch-handles.ts';
import { eraseAt, startGesture } from './roll-gestures.ts';

const AUTO_SCROLL_EDGE_PX = 28;
const AUTO_SCROLL_STEP_PX = 14;

/** Turns pointer events on the canvas into gestures. Touch on empty ground scrolls in the select tool. */
export function connectPointer(canvas: HTMLCanvasElement, scroller: HTMLElement): () => void {
  let gesture: Gesture | undefined;
  let last: PointerEvent | undefined;
  let timer = 0;

  const place = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onDown = (event: PointerEvent): void => {
    canvas.focus({ preventScroll: true });
    editedNoteId.value = undefined;
    const at = place(event);
    if (event.button === 2 && tool.value !== 'pitch') {
      eraseAt(at);
      return;
    }
    if (event.button === 2) {
      begin(event, unbendGesture(at));
      return;
    }
    if (event.button !== 0) return;
    const onNote = hitNote(shown.value.notes, at.x, at.y) !== undefined;
    if (event.pointerType === 'touch' && tool.value === 'select' && !onNote) {
      select([]);
      return;
    }
    begin(event, startGesture({ ...at, extend: event.shiftKey || event.ctrlKey || event.metaKey, copy: event.altKey }));
  };

  const begin = (event: PointerEvent, started: Gesture | undefined): void => {
    gesture = started;
    if (gesture === undefined) return;
    canvas.setPointerCapture(event.pointerId);
    last = event;
    timer = window.setInterval(autoScroll, 30);
  };

  const onMove = (event: PointerEvent): void => {
    last = event;
    if (gesture !== undefined) gesture.move(place(event));
    else canvas.dataset['zone'] = hoverZone(place(event));
  };

  const finish = (how: 'end' | 'cancel'): void => {
    window.clearInterval(timer);
    gesture?.[how]();
    gesture = undefined;
  };

  const autoScroll = (): void => {
    if (gesture === undefined || last === undefined) return;
    const at = place(last);
    const dx = at.x < AUTO_SCROLL_EDGE_PX ? -1 : at.x > scroller.clientWidth - AUTO_SCROLL_EDGE_PX ? 1 : 0;
    const dy = at.y < 0 ? -1 : at.y > scroller.clientHeight ? 1 : 0;
    if (dx === 0 && dy === 0) return;
    scroller.scrollBy(dx * AUTO_SCROLL_STEP_PX, dy * AUTO_SCROLL_STEP_PX);
    gesture.move(at);
  };

  const onUp = (): void => finish('end');
  const onCancel = (): void => finish('cancel');
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    if (gesture !== undefined) finish('cancel');
    else if (selection.value.size > 0) select([]);
  };
  const onMenu = (event: Event): void => event.preventDefault();
  // A touch that starts on a note must not scroll, one on empty ground may (in the select tool).
  const onTouch = (event: TouchEvent): void => {
    if (gesture !== undefined) event.preventDefault();
  };

  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('pointercancel', onCancel);
  canvas.addEventListener('keydown', onEscape);
  canvas.addEventListener('contextmenu', onMenu);
  canvas.addEventListener('touchstart', onTouch, { passive: false });
  canvas.addEventListener('touchmove', onTouch, { passive: false });
  return () => {
    finish('cancel');
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointermove', onMove);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('pointercancel', onCancel);
    canvas.removeEventListener('keydown', onEscape);
    canvas.removeEventListener('contextmenu', onMenu);
    canvas.removeEventListener('touchstart', onTouch);
    canvas.removeEventListener('touchmove', onTouch);
  };
}

function hoverZone(at: Point): string {
  if (hitHandle(at.x, at.y) !== undefined) return 'body';
  if (tool.value === 'pitch') return 'none';
  return hitNote(shown.value.notes, at.x, at.y)?.zone ?? 'none';
}
