import { CANVAS_FONT, type Palette } from '../../ui/palette.ts';
import type { Surface } from '../../ui/use-painter.ts';
import { DEFAULT_VELOCITY } from '../model/document.ts';
import { lanePoints, laneRange, laneValue, type LaneId, type LaneRange } from '../model/lanes.ts';
import { selection, shown } from '../store.ts';
import { secToX, xToSec } from '../view-state.ts';
import { paintTimeLines } from './grid-painter.ts';

const MARGIN_PX = 8;

export function valueToY(value: number, range: LaneRange, height: number): number {
  const share = (value - range.min) / (range.max - range.min);
  return height - MARGIN_PX - share * (height - 2 * MARGIN_PX);
}

export function yToValue(y: number, range: LaneRange, height: number): number {
  const share = (height - MARGIN_PX - y) / (height - 2 * MARGIN_PX);
  return range.min + Math.min(1, Math.max(0, share)) * (range.max - range.min);
}

export function paintLane(surface: Surface, colours: Palette, id: LaneId): void {
  const { context, width, height } = surface;
  const range = laneRange(id);
  const points = lanePoints(shown.value.lanes, id);
  background(surface, colours);
  const zero = valueToY(range.rest, range, height);
  context.fillStyle = colours.bar;
  context.fillRect(0, Math.round(zero), width, 1);
  context.strokeStyle = points.length === 0 ? colours.textFaint : colours.curve;
  context.lineWidth = 2;
  context.setLineDash(points.length === 0 ? [4, 4] : []);
  context.beginPath();
  // A straight line needs no points between. A canvas that is being laid out has no width yet.
  const stepPx = points.length === 0 ? Math.max(1, width) : 2;
  for (let x = 0; x <= width; x += stepPx) {
    const y = valueToY(laneValue(points, xToSec(x), range.rest), range, height);
    if (x === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
  context.setLineDash([]);
  if (points.length > 0) {
    context.lineTo(width, zero);
    context.lineTo(0, zero);
    context.globalAlpha = 0.14;
    context.fillStyle = colours.curve;
    context.fill();
    context.globalAlpha = 1;
  }
  context.fillStyle = colours.curve;
  for (const point of points) {
    const x = secToX(point.tSec);
    if (x < -3 || x > width + 3) continue;
    context.fillRect(x - 2, valueToY(point.value, range, height) - 2, 4, 4);
  }
  scale(surface, colours, `${range.max}${range.unit}`, `${range.min}${range.unit}`);
}

export function paintVelocity(surface: Surface, colours: Palette): void {
  const { context, width, height } = surface;
  background(surface, colours);
  for (const note of shown.value.notes) {
    const x = secToX(note.startSec);
    if (x < -4 || x > width) continue;
    const bar = (note.velocity ?? DEFAULT_VELOCITY) * (height - 2 * MARGIN_PX);
    context.fillStyle = selection.value.has(note.id) ? colours.selected : colours.note;
    context.fillRect(x, height - MARGIN_PX - bar, 3, bar);
    context.beginPath();
    context.arc(x + 1.5, height - MARGIN_PX - bar, 4, 0, 2 * Math.PI);
    context.fill();
  }
  scale(surface, colours, '1', '0');
}

function background(surface: Surface, colours: Palette): void {
  surface.context.fillStyle = colours.white;
  surface.context.fillRect(0, 0, surface.width, surface.height);
  paintTimeLines(surface, colours);
  surface.context.fillStyle = colours.line;
  surface.context.fillRect(0, 0, surface.width, 1);
}

function scale({ context, width, height }: Surface, colours: Palette, top: string, bottom: string): void {
  context.font = `500 10px ${CANVAS_FONT}`;
  context.fillStyle = colours.textSoft;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillText(top, width - 4, 4);
  context.textBaseline = 'bottom';
  context.fillText(bottom, width - 4, height - 2);
  context.textAlign = 'left';
}
