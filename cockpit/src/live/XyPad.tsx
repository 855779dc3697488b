import { useMemo, useRef, useState } from 'preact/hooks';
import { live } from './session.ts';
import { changeSettings } from './settings.ts';
import { blendAt, Throttle } from './xy-pad.ts';

const INTERVAL_MS = 1000 / 30;
const KEY_STEP = 0.05;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** X blends the voice's timbres, Y makes it breathy. */
export function XyPad() {
  const pad = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ x: 0, y: 0 });
  const timbres = live.hello.value?.timbres ?? [];
  const throttle = useMemo(() => new Throttle<Place>(INTERVAL_MS, send), []);
  const go = (x: number, y: number): void => {
    const next = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    setPlace(next);
    throttle.call(next);
  };
  const follow = (event: PointerEvent): void => {
    const box = pad.current?.getBoundingClientRect();
    if (box !== undefined) go((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = step[event.key];
    if (move === undefined) return;
    event.preventDefault();
    go(place.x + move[0] * KEY_STEP, place.y + move[1] * KEY_STEP);
  };
  return (
    <div class="field">
      <span class="field-label" id="xy-label">XY pad<output>{[blendShort(place.x, timbres), `breath ${Math.round(place.y * 100)} %`].filter((part) => part !== '').join(' · ')}</output></span>
      <div ref={pad} id="xy-pad" class="xy-pad" role="slider" tabIndex={0} aria-labelledby="xy-label" aria-orientation="horizontal"
        aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(place.x * 100)}
        aria-valuetext={`${blendText(place.x, timbres)}, breath ${Math.round(place.y * 100)} percent`}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => event.buttons > 0 && follow(event)}>
        <div class="xy-breath" aria-hidden="true">breath</div>
        <div class="xy-names" aria-hidden="true">{timbres.map((name) => <span key={name}>{name}</span>)}</div>
        <div class="xy-dot" style={{ left: inside(place.x), bottom: inside(place.y) }} />
      </div>
    </div>
  );
}

/** The dot stays whole at the edges. */
function inside(share: number): string {
  return `calc(0.75rem + ${share} * (100% - 1.5rem))`;
}

function send({ x, y }: Place): void {
  const timbres = live.hello.value?.timbres ?? [];
  if (timbres.length > 0) live.send({ type: 'timbre_morph', weights: blendAt(x, timbres) });
  changeSettings({ breathiness: Math.round(y * 100) / 100 });
  live.control('breathiness', y);
}

function blendShort(x: number, timbres: readonly string[]): string {
  return Object.entries(blendAt(x, timbres)).filter(([, weight]) => weight > 0.005)
    .map(([name, weight]) => (weight > 0.995 ? name : `${name} ${Math.round(weight * 100)} %`)).join(' + ');
}

function blendText(x: number, timbres: readonly string[]): string {
  const parts = Object.entries(blendAt(x, timbres)).filter(([, weight]) => weight > 0.005)
    .map(([name, weight]) => `${name} ${Math.round(weight * 100)} percent`);
  return parts.length === 0 ? 'no timbres' : parts.join(' and ');
}
