import { CANVAS_FONT, type Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import type { LoopRange } from '../../audio/loop-deck.ts';
import { barSec, beatSec } from '../model/grid.ts';
import { isBlackKey } from '../model/pitch-names.ts';
import { shown } from '../store.ts';
import { midiToY, pxPerSec, pxPerSemitone, secToX, snapStep, TOP_MIDI, xToSec, yToMidi } from '../view-state.ts';

/** Grid lines closer than this are left out. */
const LEAST_GAP_PX = 7;

export function paintRows({ context, width, height }: Surface, colours: Palette): void {
  context.fillStyle = colours.white;
  context.fillRect(0, 0, width, height);
  const rowHeight = pxPerSemitone.value;
  for (let midi = yToMidi(0); midi >= 0; midi -= 1) {
    const y = midiToY(midi);
    if (y > height) break;
    if (isBlackKey(midi)) {
      context.fillStyle = colours.black;
      context.fillRect(0, y, width, rowHeight);
    }
    if (midi % 12 === 0 || midi % 12 === 5) {
      context.fillStyle = midi % 12 === 0 ? colours.beat : colours.grid;
      context.fillRect(0, y + rowHeight - 1, width, 1);
    }
  }
  const top = midiToY(TOP_MIDI);
  if (top <= 0) return;
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, width, top);
}

/** Lines of snap step, beat and bar, the wider ones over the narrower. */
export function paintTimeLines({ context, width, height }: Surface, colours: Palette): void {
  const { bpm, meter } = shown.value;
  const bar = barSec(bpm, meter);
  const beat = beatSec(bpm) * (4 / meter.unit);
  const layers: [number | undefined, string][] = [[snapStep.value, colours.grid], [beat, colours.beat], [bar, colours.bar]];
  for (const [step, colour] of layers) {
    if (step === undefined || step * pxPerSec.value < LEAST_GAP_PX) continue;
    context.fillStyle = colour;
    for (let index = Math.max(0, Math.floor(xToSec(0) / step)); ; index += 1) {
      const x = secToX(index * step);
      if (x > width) break;
      context.fillRect(Math.round(x), 0, 1, height);
    }
  }
}

export function paintLoop({ context, height }: Surface, colours: Palette, range: LoopRange | undefined): void {
  if (range === undefined) return;
  const x = secToX(range.startSec);
  context.fillStyle = colours.loop;
  context.fillRect(x, 0, (range.endSec - range.startSec) * pxPerSec.value, height);
}

/** Bar numbers, and beats where there is room. */
export function paintRuler(surface: Surface, colours: Palette, range: LoopRange | undefined, loops: boolean): void {
  const { context, width, height } = surface;
  const { bpm, meter } = shown.value;
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, width, height);
  if (range !== undefined) {
    context.globalAlpha = loops ? 1 : 0.45;
    const x = secToX(range.startSec);
    const w = (range.endSec - range.startSec) * pxPerSec.value;
    context.fillStyle = colours.loop;
    context.fillRect(x, 0, w, height);
    context.fillStyle = colours.curve;
    context.fillRect(x, 0, w, 3);
    context.fillRect(x, 0, 2, height);
    context.fillRect(x + w - 2, 0, 2, height);
    context.globalAlpha = 1;
  }
  const bar = barSec(bpm, meter);
  const beatsShown = (bar / meter.beats) * pxPerSec.value > 24;
  const every = Math.max(1, 2 ** Math.ceil(Math.log2(44 / (bar * pxPerSec.value))));
  context.font = `550 11px ${CANVAS_FONT}`;
  context.textBaseline = 'middle';
  for (let index = Math.max(0, Math.floor(xToSec(0) / bar)); ; index += 1) {
    const x = Math.round(secToX(index * bar));
    if (x > width) break;
    if (index % every === 0) {
      context.fillStyle = colours.bar;
      context.fillRect(x, height - 12, 1, 12);
      context.fillStyle = colours.textSoft;
      context.fillText(String(index + 1), x + 5, height / 2 + 1);
    }
    if (!beatsShown) continue;
    context.fillStyle = colours.beat;
    for (let beat = 1; beat < meter.beats; beat += 1) {
      context.fillRect(Math.round(secToX(index * bar + (beat * bar) / meter.beats)), height - 6, 1, 6);
    }
  }
  context.fillStyle = colours.line;
  context.fillRect(0, height - 1, width, 1);
}
