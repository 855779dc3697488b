import type { LanePoint, Lanes } from '../../wire/types.ts';
import { roundSec } from './grid.ts';

/** The curves that can be drawn below the roll, besides velocity, which belongs to the notes. */
export const PLAIN_LANES = [
  'dynamics', 'breathiness', 'tension', 'pitchBend', 'formantShift', 'growl', 'fry', 'whisper',
] as const;
export type PlainLane = (typeof PLAIN_LANES)[number];

/** One curve: a lane, or the weight of one timbre in the morph. */
export type LaneId = { readonly lane: PlainLane } | { readonly timbre: string };

export interface LaneRange {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** What sounds where there is no curve. */
  readonly rest: number;
  readonly unit: string;
}

const RANGES: Record<PlainLane, LaneRange> = {
  dynamics: { label: 'Dynamics', min: 0, max: 1, rest: 1, unit: '' },
  breathiness: { label: 'Breathiness', min: 0, max: 1, rest: 0.12, unit: '' },
  tension: { label: 'Tension', min: -1, max: 1, rest: 0, unit: '' },
  pitchBend: { label: 'Pitch bend', min: -200, max: 200, rest: 0, unit: 'ct' },
  formantShift: { label: 'Formant shift', min: -12, max: 12, rest: 0, unit: 'st' },
  growl: { label: 'Growl', min: 0, max: 1, rest: 0, unit: '' },
  fry: { label: 'Fry', min: 0, max: 1, rest: 0, unit: '' },
  whisper: { label: 'Whisper', min: 0, max: 1, rest: 0, unit: '' },
};

export function laneRange(id: LaneId): LaneRange {
  return 'lane' in id ? RANGES[id.lane] : { label: `Morph ${id.timbre}`, min: 0, max: 1, rest: 0, unit: '' };
}

export function laneKey(id: LaneId): string {
  return 'lane' in id ? id.lane : `morph:${id.timbre}`;
}

export function lanePoints(lanes: Lanes, id: LaneId): readonly LanePoint[] {
  return ('lane' in id ? lanes[id.lane] : lanes.timbreMorph?.[id.timbre]) ?? [];
}

/** Puts a curve in place; without points the lane goes, which is not the same as a lane of zeros. */
export function withLane(lanes: Lanes, id: LaneId, points: readonly LanePoint[]): Lanes {
  if ('lane' in id) {
    const { [id.lane]: _old, ...others } = lanes;
    return points.length === 0 ? others : { ...others, [id.lane]: [...points] };
  }
  const { [id.timbre]: _old, ...curves } = lanes.timbreMorph ?? {};
  const timbreMorph = points.length === 0 ? curves : { ...curves, [id.timbre]: [...points] };
  const { timbreMorph: _before, ...others } = lanes;
  return Object.keys(timbreMorph).length === 0 ? others : { ...others, timbreMorph };
}

/** The law of the wire: linear between points, held at both ends, the earlier of two points at one time. */
export function laneValue(points: readonly LanePoint[], tSec: number, rest: number): number {
  const first = points[0];
  if (first === undefined) return rest;
  if (tSec <= first.tSec) return first.value;
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.tSec ?? 0) < tSec) low = middle + 1;
    else high = middle;
  }
  const right = points[low] ?? first;
  const left = points[low - 1] ?? right;
  if (right.tSec < tSec) return right.value;
  const span = right.tSec - left.tSec;
  return span <= 0 ? left.value : left.value + ((right.value - left.value) * (tSec - left.tSec)) / span;
}

/**
 * Replaces what a stroke covers by the stroke; outside, the curve goes on as it was. A stroke may be drawn in either
 * direction and go back over itself: the last value drawn at a time counts.
 */
export function drawStroke(points: readonly LanePoint[], stroke: readonly LanePoint[], range: LaneRange): LanePoint[] {
  const drawn = dense(stroke);
  const from = drawn[0]?.tSec;
  const to = drawn.at(-1)?.tSec;
  if (from === undefined || to === undefined) return [...points];
  const clamped = drawn.map(({ tSec, value }) => ({
    tSec: roundSec(Math.max(0, tSec)),
    value: Math.min(range.max, Math.max(range.min, value)),
  }));
  const before = points.filter((point) => point.tSec < from);
  const after = points.filter((point) => point.tSec > to);
  const tolerance = (range.max - range.min) / 200;
  return [...before, ...simplify(clamped, tolerance), ...after];
}

/** Takes the points of a stretch of time away. */
export function eraseStretch(points: readonly LanePoint[], fromSec: number, toSec: number): LanePoint[] {
  const [from, to] = fromSec <= toSec ? [fromSec, toSec] : [toSec, fromSec];
  return points.filter((point) => point.tSec < from || point.tSec > to);
}

export function scaleLanes(lanes: Lanes, factor: number): Lanes {
  const scale = (points: readonly LanePoint[]): LanePoint[] =>
    points.map((point) => ({ ...point, tSec: roundSec(point.tSec * factor) }));
  let scaled: Lanes = {};
  for (const lane of PLAIN_LANES) scaled = withLane(scaled, { lane }, scale(lanes[lane] ?? []));
  for (const [timbre, curve] of Object.entries(lanes.timbreMorph ?? {})) {
    scaled = withLane(scaled, { timbre }, scale(curve));
  }
  return scaled;
}

/** One value per millisecond bucket, the last one drawn, sorted by time. */
function dense(stroke: readonly LanePoint[]): LanePoint[] {
  const buckets = new Map<number, LanePoint>();
  for (const point of stroke) buckets.set(Math.round(point.tSec * 1000), point);
  return [...buckets.values()].sort((a, b) => a.tSec - b.tSec);
}

/** Ramer, Douglas and Peucker's line simplification, with the distance taken along the value axis. */
export function simplify(points: readonly LanePoint[], tolerance: number): LanePoint[] {
  const keep = new Array<boolean>(points.length).fill(false);
  const stack: [number, number][] = [[0, points.length - 1]];
  while (stack.length > 0) {
    const [from, to] = stack.pop() ?? [0, 0];
    const a = points[from];
    const b = points[to];
    if (a === undefined || b === undefined) continue;
    keep[from] = true;
    keep[to] = true;
    let worst = 0;
    let at = -1;
    for (let i = from + 1; i < to; i += 1) {
      const p = points[i];
      if (p === undefined) continue;
      const share = b.tSec === a.tSec ? 0 : (p.tSec - a.tSec) / (b.tSec - a.tSec);
      const distance = Math.abs(p.value - (a.value + (b.value - a.value) * share));
      if (distance > worst) {
        worst = distance;
        at = i;
      }
    }
    if (at > 0 && worst > tolerance) stack.push([from, at], [at, to]);
  }
  return points.filter((_, index) => keep[index]);
}
