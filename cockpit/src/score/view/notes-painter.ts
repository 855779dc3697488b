import type { Note } from '../../wire/types.ts';
import { CANVAS_FONT, type Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import { DEFAULT_VELOCITY } from '../model/document.ts';
import { lyricParts } from '../model/lyrics.ts';
import { pitchAt, predecessors } from '../model/pitch-curve.ts';
import { selection, shown } from '../store.ts';
import { midiToY, pxPerSec, pxPerSemitone, secToX, showPitchCurve, tool } from '../view-state.ts';
import { noteBox, type Box } from './note-layout.ts';

const CURVE_STEP_PX = 3;

export function paintNotes(surface: Surface, colours: Palette): void {
  const { context, width, height } = surface;
  const { notes } = shown.value;
  const chosen = selection.value;
  context.font = `600 ${Math.min(12, pxPerSemitone.value - 3)}px ${CANVAS_FONT}`;
  context.textBaseline = 'middle';
  const visible: Note[] = [];
  for (const note of notes) {
    const box = noteBox(note);
    if (box.x > width) break;
    if (box.x + box.width < 0 || box.y + box.height < 0 || box.y > height) continue;
    visible.push(note);
    paintNote(context, colours, note, box, chosen.has(note.id));
  }
  if (showPitchCurve.value || tool.value === 'pitch') paintCurves(surface, colours, visible);
}

function paintNote(
  context: CanvasRenderingContext2D, colours: Palette, note: Note, box: Box, selected: boolean,
): void {
  const shaping = tool.value === 'pitch' ? 0.45 : 1;
  context.globalAlpha = shaping * (selected ? 1 : 0.5 + 0.5 * (note.velocity ?? DEFAULT_VELOCITY));
  context.fillStyle = selected ? colours.selected : colours.note;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width - 1, box.height, Math.min(4, box.width / 3));
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colours.noteEdge;
  context.fillRect(box.x, box.y + 2, 2, box.height - 4);
  if (box.width < 16 || box.height < 9) return;
  const { word, phonemes } = lyricParts(note.lyric);
  const label = word === '' && phonemes !== undefined ? phonemes.join(' ') : word + (phonemes === undefined ? '' : '·');
  if (label === '') return;
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width - 3, box.height);
  context.clip();
  context.fillStyle = colours.noteText;
  context.fillText(label, box.x + 6, box.y + box.height / 2 + 1);
  context.restore();
}

/** The pitch as it will sound: glides, vibrato and bend. */
function paintCurves({ context }: Surface, colours: Palette, visible: readonly Note[]): void {
  const { lanes, notes } = shown.value;
  const bend = lanes.pitchBend ?? [];
  const before = predecessors(notes);
  const half = pxPerSemitone.value / 2;
  context.strokeStyle = colours.curve;
  context.lineWidth = tool.value === 'pitch' ? 2 : 1.5;
  context.beginPath();
  for (const note of visible) {
    const moves = bend.length > 0 || (note.vibrato?.depthCents ?? 0) > 0 || (note.portamentoSec ?? 0) > 0
      || tool.value === 'pitch';
    if (!moves) continue;
    const steps = Math.max(1, Math.ceil((note.durationSec * pxPerSec.value) / CURVE_STEP_PX));
    for (let i = 0; i <= steps; i += 1) {
      const tSec = note.startSec + (note.durationSec * i) / steps;
      const y = midiToY(pitchAt(note, before.get(note.id), bend, tSec)) + half;
      if (i === 0) context.moveTo(secToX(tSec), y);
      else context.lineTo(secToX(tSec), y);
    }
  }
  context.stroke();
}

export function paintMarquee({ context }: Surface, colours: Palette, box: Box | undefined): void {
  if (box === undefined) return;
  context.fillStyle = colours.marquee;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeStyle = colours.selected;
  context.lineWidth = 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width, box.height);
}
