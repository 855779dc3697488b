import { CANVAS_FONT, type Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import { isBlackKey, pitchName } from '../model/pitch-names.ts';
import { midiToY, pxPerSemitone, yToMidi } from '../view-state.ts';

/** The piano at the left edge. Rows are equally high, so white keys border black ones as in every piano roll. */
export function paintKeys({ context, width, height }: Surface, colours: Palette, lit: ReadonlySet<number>): void {
  const rowHeight = pxPerSemitone.value;
  context.fillStyle = colours.keyWhite;
  context.fillRect(0, 0, width, height);
  context.font = `600 ${Math.min(11, rowHeight - 3)}px ${CANVAS_FONT}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (let midi = yToMidi(0); midi >= 0; midi -= 1) {
    const y = midiToY(midi);
    if (y > height) break;
    if (lit.has(midi)) {
      context.fillStyle = colours.selected;
      context.fillRect(0, y, width, rowHeight);
    }
    if (isBlackKey(midi)) {
      context.fillStyle = lit.has(midi) ? colours.note : colours.keyBlack;
      context.fillRect(0, y, width * 0.62, rowHeight);
    } else if (midi % 12 === 0 || midi % 12 === 5) {
      context.fillStyle = '#0003';
      context.fillRect(0, y + rowHeight - 1, width, 1);
    }
    if (midi % 12 === 0) {
      context.fillStyle = colours.keyWhiteText;
      context.fillText(pitchName(midi), width - 5, y + rowHeight / 2 + 1);
    }
  }
  context.textAlign = 'left';
}
