import { CANVAS_FONT, palette, type Palette } from '../../ui/palette.ts';
import { usePainter, type Surface } from '../../ui/use-painter.ts';
import { phonemesByNote, syncState } from '../phoneme-sync.ts';
import { select, selection, shown } from '../store.ts';
import { pxPerSec, scrollX, secToX, xToSec } from '../view-state.ts';
import { textWidth } from './text-width.ts';

/** The sounds of the words, below the notes that sing them; scrolls with the roll. */
export function PhonemeLane() {
  const canvas = usePainter(
    () => {
      palette();
      void [shown.value, selection.value, scrollX.value, pxPerSec.value, phonemesByNote.value, syncState.value];
    },
    (surface) => paint(surface, palette()),
  );
  return (
    <>
      <div class="roll-label">Phonemes</div>
      <canvas ref={canvas} class="phoneme-lane" aria-hidden="true"
        onClick={(event) => correctAt(xToSec(event.offsetX))} />
    </>
  );
}

/** Selects the note of a sound and leads to the field where its phonemes can be corrected. */
function correctAt(sec: number): void {
  for (const note of shown.value.notes) {
    const sung = phonemesByNote.value.get(note.id) ?? [];
    if (sung.some((p) => sec >= note.startSec + p.fromNoteSec && sec < note.startSec + p.fromNoteSec + p.durSec)) {
      select([note.id]);
      // The inspector shows this note with the next frame.
      requestAnimationFrame(() => document.getElementById('note-phonemes')?.focus());
      return;
    }
  }
}

function paint({ context, width, height }: Surface, colours: Palette): void {
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, width, height);
  context.font = `600 11px ${CANVAS_FONT}`;
  context.textBaseline = 'middle';
  context.globalAlpha = syncState.value === 'current' ? 1 : 0.55;
  let textEnd = Number.NEGATIVE_INFINITY;
  const lastSec = xToSec(width);
  for (const note of shown.value.notes) {
    // Sounds may begin a little before their note, but none of later notes reaches back over a second.
    if (note.startSec > lastSec + 1) break;
    for (const phoneme of phonemesByNote.value.get(note.id) ?? []) {
      const x = secToX(note.startSec + phoneme.fromNoteSec);
      const w = phoneme.durSec * pxPerSec.value;
      if (x > width || x + w < 0) continue;
      context.fillStyle = selection.value.has(note.id) ? colours.selected : phoneme.vowel ? colours.curve : colours.honey;
      context.fillRect(x, height - 4, Math.max(1, w - 1), 3);
      if (w < 8 && pxPerSec.value < 60) continue;
      const textX = Math.max(x + 1, textEnd + 4);
      context.fillStyle = colours.text;
      context.fillText(phoneme.symbol, textX, height / 2 - 1);
      textEnd = textX + textWidth(context, phoneme.symbol);
    }
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.line;
  context.fillRect(0, 0, width, 1);
}
