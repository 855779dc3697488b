import { palette } from '../../ui/palette.ts';
import { usePainter } from '../../ui/use-painter.ts';
import { snapDown, snapNearest } from '../model/grid.ts';
import { editCursorSec, player } from '../session.ts';
import { shown } from '../store.ts';
import { pxPerSec, scrollX, snapStep, xToSec } from '../view-state.ts';
import { paintRuler } from './grid-painter.ts';

const DRAG_PX = 4;

/** Bars and beats. A click sets the edit cursor, a drag the loop. */
export function Ruler() {
  const canvas = usePainter(
    () => {
      palette();
      void [shown.value, scrollX.value, pxPerSec.value, player.loopRange.value, player.looping.value];
    },
    (surface) => paintRuler(surface, palette(), player.loopRange.value, player.looping.value),
  );
  const onDown = (event: PointerEvent & { currentTarget: HTMLCanvasElement }): void => {
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const from = event.offsetX;
    const onMove = (moved: PointerEvent): void => {
      if (Math.abs(moved.offsetX - from) < DRAG_PX) return;
      const [left, right] = moved.offsetX < from ? [moved.offsetX, from] : [from, moved.offsetX];
      const startSec = Math.max(0, snapDown(xToSec(left), snapStep.value));
      const end = snapNearest(xToSec(right), snapStep.value);
      if (end > startSec) {
        player.loopRange.value = { startSec, endSec: end };
        player.looping.value = true;
      }
    };
    const onUp = (up: PointerEvent): void => {
      target.removeEventListener('pointermove', onMove);
      if (Math.abs(up.offsetX - from) < DRAG_PX) seek(Math.max(0, snapNearest(xToSec(from), snapStep.value)));
    };
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onUp, { once: true });
  };
  return <canvas ref={canvas} class="roll-ruler" aria-hidden="true" onPointerDown={onDown} />;
}

function seek(sec: number): void {
  editCursorSec.value = sec;
  if (player.playing.value) void player.play(sec);
}
