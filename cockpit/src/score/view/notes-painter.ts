import type { Note } from '../../wire/types.ts';
import { CANVAS_FONT, type Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import { DEFAULT_VELOCITY } from '../model/document.ts';
import { lyricParts } from '../model/lyrics.ts';
import { pitchAt, predecessors } from '../model/pitch-curve.ts';
import { selection, shown } from '../store.ts';
import { midiToY, pxPerSec, pxPerSemitone, secToX, showPitchCurve, tool } from '../view-state.ts';
import { noteBox, type Box } from './note-layout.ts';
import { textWidth } from './text-width.ts';

const CURVE_STEP_PX = 3;
/** Corners of narrower notes could not be seen. */
const ROUND_FROM_PX = 12;

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
  // Over the curves: a vibrato would strike the word through.
  context.fillStyle = colours.noteText;
  for (const note of visible) {
    const box = noteBox(note);
    const label = labelOf(note.lyric);
    if (label !== '' && box.width >= 16 && box.height >= 9) paintLabel(context, label, box);
  }
}

function paintNote(
  context: CanvasRenderingContext2D, colours: Palette, note: Note, box: Box, selected: boolean,
): void {
  const shaping = tool.value === 'pitch' ? 0.45 : 1;
  context.globalAlpha = shaping * (selected ? 1 : 0.5 + 0.5 * (note.velocity ?? DEFAULT_VELOCITY));
  context.fillStyle = selected ? colours.selected : colours.note;
  if (box.width < ROUND_FROM_PX) {
    context.fillRect(box.x, box.y, box.width - 1, box.height);
  } else {
    context.beginPath();
    context.roundRect(box.x, box.y, box.width - 1, box.height, 4);
    context.fill();
  }
  context.globalAlpha = 1;
  context.fillStyle = colours.noteEdge;
  context.fillRect(box.x, box.y + 2, 2, box.height - 4);
}

/** Clips only what does not fit: a clip costs more than the text. */
function paintLabel(context: CanvasRenderingContext2D, label: string, box: Box): void {
  const y = box.y + box.height / 2 + 1;
  if (textWidth(context, label) <= box.width - 8) {
    context.fillText(label, box.x + 6, y);
    return;
  }
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width - 3, box.height);
  context.clip();
  context.fillText(label, box.x + 6, y);
  context.restore();
}

function labelOf(lyric: string | undefined): string {
  if (lyric === undefined) return '';
  const { word, phonemes } = lyricParts(lyric);
  return word === '' && phonemes !== undefined ? phonemes.join(' ') : word + (phonemes === undefined ? '' : '·');
}

/** The pitch as it will sound: glides, vibrato and bend. */
function paintCurves({ context }: Surface, colours: Palette, visible: readonly Note[]): void {
  const { lanes, notes } = shown.value;
  const bend = lanes.pitchBend ?? [];
  const before = predecessors(notes);
  const half = pxPerSemitone.value / 2;
  context.strokeStyle = colours.curve;
  context.lineWidth = tool.value === 'pitch' ? 2 : 1.5;
  context.globalAlpha = tool.value === 'pitch' ? 1 : 0.75;
  for (const note of visible) {
    const moves = bend.length > 0 || (note.vibrato?.depthCents ?? 0) > 0 || (note.portamentoSec ?? 0) > 0
      || tool.value === 'pitch';
    if (!moves) continue;
    const steps = Math.max(1, Math.ceil((note.durationSec * pxPerSec.value) / CURVE_STEP_PX));
    // A path each: one path of all notes takes the rasteriser ten times as long.
    context.beginPath();
    for (let i = 0; i <= steps; i += 1) {
      const tSec = note.startSec + (note.durationSec * i) / steps;
      context.lineTo(secToX(tSec), midiToY(pitchAt(note, before.get(note.id), bend, tSec)) + half);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

export function paintMarquee({ context }: Surface, colours: Palette, box: Box | undefined): void {
  if (box === undefined) return;
  context.fillStyle = colours.marquee;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeStyle = colours.selected;
  context.lineWidth = 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width, box.height);
}
