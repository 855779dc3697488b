import { effect } from '@preact/signals';
import { endSec } from '../model/document.ts';
import { shown } from '../store.ts';
import {
  followCursor, midiToY, pxPerSec, pxPerSemitone, scrollX, scrollY, TOP_MIDI, viewHeight, viewWidth, zoomPitch, zoomTime,
} from '../view-state.ts';
import { player } from '../session.ts';

/** Room to write in after the last note. */
const ROOM_SEC = 30;

/**
 * The browser's own scroller moves the roll: an empty space of the score's size gives it its bars and inertia, and the
 * canvas sticks to the visible part.
 */
export function connectScroller(scroller: HTMLElement, space: HTMLElement): () => void {
  const resize = new ResizeObserver(() => {
    viewWidth.value = scroller.clientWidth;
    viewHeight.value = scroller.clientHeight;
    // The canvas is as large as the visible part, whatever the scroll bars take.
    scroller.style.setProperty('--roll-view-width', `${scroller.clientWidth}px`);
    scroller.style.setProperty('--roll-view-height', `${scroller.clientHeight}px`);
  });
  resize.observe(scroller);
  const onScroll = (): void => {
    scrollX.value = scroller.scrollLeft;
    scrollY.value = scroller.scrollTop;
  };
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) return;
    event.preventDefault();
    const box = scroller.getBoundingClientRect();
    const factor = Math.exp(-event.deltaY * 0.002);
    if (event.altKey) scroller.scrollTop = zoomPitch(factor, event.clientY - box.top);
    else scroller.scrollLeft = zoomTime(factor, event.clientX - box.left);
  };
  scroller.addEventListener('scroll', onScroll, { passive: true });
  scroller.addEventListener('wheel', onWheel, { passive: false });
  const stopSize = effect(() => {
    const width = (endSec(shown.value) + ROOM_SEC) * pxPerSec.value;
    space.style.width = `${Math.max(width, viewWidth.value)}px`;
    space.style.height = `${(TOP_MIDI + 1) * pxPerSemitone.value}px`;
  });
  const stopFollow = effect(() => {
    if (!player.playing.value || !followCursor.value) return;
    const x = player.positionSec.value * pxPerSec.value - scroller.scrollLeft;
    if (x < 0 || x > scroller.clientWidth * 0.85) {
      scroller.scrollLeft = player.positionSec.value * pxPerSec.value - scroller.clientWidth * 0.1;
    }
  });
  onScroll();
  return () => {
    resize.disconnect();
    scroller.removeEventListener('scroll', onScroll);
    scroller.removeEventListener('wheel', onWheel);
    stopSize();
    stopFollow();
  };
}

/** Zooms about the middle of the view; for buttons and keys. */
export function zoomBy(factor: number): void {
  const scroller = document.querySelector('.roll-scroller');
  if (scroller !== null) scroller.scrollLeft = zoomTime(factor, scroller.clientWidth / 2);
}

/** Scrolls so that the notes, or middle C, stand in the middle. */
export function centrePitch(): void {
  const { notes } = shown.value;
  const pitches = notes.map((note) => note.midi);
  const middle = pitches.length === 0 ? 66 : (Math.min(...pitches) + Math.max(...pitches)) / 2;
  const offset = midiToY(middle) - viewHeight.value / 2;
  const scroller = document.querySelector('.roll-scroller');
  if (scroller !== null) scroller.scrollTop = scrollY.value + offset;
}

/** Runs once when the roll first knows its size. */
export function centreWhenSized(): () => void {
  let done = false;
  return effect(() => {
    if (done || viewWidth.value === 0 || viewHeight.value === 0) return;
    done = true;
    requestAnimationFrame(centrePitch);
  });
}
