import { useEffect, useRef } from 'preact/hooks';
import { palette } from '../../ui/palette.ts';
import { usePainter } from '../../ui/use-painter.ts';
import { openExample } from '../files.ts';
import { player } from '../session.ts';
import { selectedNotes, selection, shown } from '../store.ts';
import { pxPerSec, pxPerSemitone, scrollX, scrollY, showPitchCurve, snapStep, tool } from '../view-state.ts';
import { paintLoop, paintRows, paintTimeLines } from './grid-painter.ts';
import { paintKeys } from './keys-painter.ts';
import { LaneEditor } from './LaneEditor.tsx';
import { LyricInput } from './LyricInput.tsx';
import { paintMarquee, paintNotes } from './notes-painter.ts';
import { paintHandles } from './pitch-handles.ts';
import { PhonemeLane } from './PhonemeLane.tsx';
import { PlayCursor } from './PlayCursor.tsx';
import { marquee } from './roll-gestures.ts';
import { onRollKey } from './roll-keys.ts';
import { connectPointer } from './roll-pointer.ts';
import { connectScroller } from './roll-scroller.ts';
import { Ruler } from './Ruler.tsx';
import { hitNote } from './note-layout.ts';
import { editedNoteId } from './lyric-editing.ts';

/** The piano roll with its keys, ruler, phonemes and curves. */
export function Roll() {
  const scroller = useRef<HTMLDivElement>(null);
  const space = useRef<HTMLDivElement>(null);
  const canvas = usePainter(watchRoll, (surface) => {
    const colours = palette();
    paintRows(surface, colours);
    paintTimeLines(surface, colours);
    paintLoop(surface, colours, player.loopRange.value);
    paintNotes(surface, colours);
    paintHandles(surface, colours);
    paintMarquee(surface, colours, marquee.value);
  });
  useEffect(() => {
    if (scroller.current === null || space.current === null || canvas.current === null) return;
    const disconnect = [
      connectScroller(scroller.current, space.current),
      connectPointer(canvas.current, scroller.current),
    ];
    return () => disconnect.forEach((stop) => stop());
  }, []);
  return (
    <div class="roll">
      <div class="roll-corner" />
      <Ruler />
      <Keys />
      <div class="roll-stage">
        <div ref={scroller} class="roll-scroller" tabIndex={-1}>
          <div ref={space} class="roll-space">
            <canvas ref={canvas} id="piano-roll" class={`roll-canvas tool-${tool.value}`} tabIndex={0} role="application"
              aria-roledescription="piano roll" aria-label={rollLabel()} aria-describedby="roll-help"
              onKeyDown={onRollKey}
              onDblClick={(event) => {
                const hit = hitNote(shown.value.notes, event.offsetX, event.offsetY);
                if (hit !== undefined) editedNoteId.value = hit.note.id;
              }} />
          </div>
        </div>
        <PlayCursor />
        <LyricInput />
        {shown.value.notes.length === 0 && <EmptyRoll />}
      </div>
      <PhonemeLane />
      <LaneEditor />
      <p id="roll-help" class="visually-hidden">
        Comma and full stop select the previous or next note. Arrow keys move the selection, with Shift by an octave or
        change its length. Enter edits the lyric. N adds a note, Delete removes. The Notes list offers the same as a table.
      </p>
    </div>
  );
}

/** What to do with an empty score. Clicks go through it to the roll, but for the button. */
function EmptyRoll() {
  return (
    <div class="empty-roll" id="empty-roll">
      <p><strong>Click to write a note</strong>, drag for its length, double-click to give it a word.</p>
      <p>A MIDI, MusicXML or score file can be dropped here.</p>
      <button type="button" id="open-example" class="button" onClick={openExample}>Try an example</button>
    </div>
  );
}

function rollLabel(): string {
  const count = shown.value.notes.length;
  const chosen = selection.value.size;
  return `Piano roll, ${count} ${count === 1 ? 'note' : 'notes'}${chosen > 0 ? `, ${chosen} selected` : ''}`;
}

function watchRoll(): void {
  palette();
  void [shown.value, selection.value, scrollX.value, scrollY.value, pxPerSec.value, pxPerSemitone.value];
  void [snapStep.value, marquee.value, player.loopRange.value, showPitchCurve.value, tool.value];
}

function Keys() {
  const canvas = usePainter(
    () => {
      palette();
      void [scrollY.value, pxPerSemitone.value, selectedNotes.value];
    },
    (surface) => paintKeys(surface, palette(), new Set(selectedNotes.value.map((note) => note.midi))),
  );
  return <canvas ref={canvas} class="roll-keys" aria-hidden="true" />;
}
