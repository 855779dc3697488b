import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { editCursorSec, player } from '../session.ts';
import { secToX, viewWidth } from '../view-state.ts';

/** The lines of play and edit cursor, moved without repainting the roll. */
export function PlayCursor() {
  const play = useRef<HTMLDivElement>(null);
  const edit = useRef<HTMLDivElement>(null);
  useEffect(() => effect(() => {
    move(play.current, player.playing.value || player.positionSec.value > 0 ? player.positionSec.value : undefined);
    move(edit.current, editCursorSec.value);
  }), []);
  return (
    <>
      <div ref={edit} class="edit-cursor" hidden />
      <div ref={play} id="play-cursor" class="play-cursor" hidden />
    </>
  );
}

function move(line: HTMLElement | null, sec: number | undefined): void {
  if (line === null) return;
  const x = sec === undefined ? -1 : secToX(sec);
  line.hidden = x < 0 || x > viewWidth.value;
  line.style.transform = `translateX(${x}px)`;
}
