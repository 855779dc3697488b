import { useEffect, useRef, useState } from 'preact/hooks';
import { palette } from '../ui/palette.ts';
import { CLIPPING_DBFS, LiveAlerts } from './LiveTiles.tsx';
import { live } from './session.ts';

const FLOOR_DBFS = -60;
/** The bar falls by this much a frame, so that short peaks can be read. */
const FALL_DB = 0.5;
const MARKS_DBFS = [-6, -18, -36];
const METER_PX = 10;

/** The waveform of what is heard, from the browser's analyser, and its level as a meter that a screen reader can read. */
export function Scope() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [level, setLevel] = useState<number | undefined>(undefined);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const samples = new Float32Array(2048);
    let frame = 0;
    let heldDbfs = FLOOR_DBFS;
    let told = 0;
    const draw = (nowMs: number): void => {
      frame = requestAnimationFrame(draw);
      live.audio.analyser?.getFloatTimeDomainData(samples);
      const peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
      heldDbfs = Math.max(FLOOR_DBFS, 20 * Math.log10(Math.max(peak, 1e-6)), heldDbfs - FALL_DB);
      paint(context, samples, heldDbfs);
      if (nowMs - told < 250) return;
      told = nowMs;
      setLevel(heldDbfs <= FLOOR_DBFS ? undefined : Math.round(heldDbfs * 10) / 10);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div class="scope-row">
      <canvas ref={canvas} id="scope" class="scope" role="img" aria-label="Scope of the output" />
      <span id="level-meter" class="visually-hidden" role="meter" aria-label="Output level" aria-valuemin={FLOOR_DBFS} aria-valuemax={0}
        aria-valuenow={Math.min(0, level ?? FLOOR_DBFS)} aria-valuetext={level === undefined ? 'silent' : `${level.toFixed(1)} dBFS`} />
      <LiveAlerts />
    </div>
  );
}

function paint(context: CanvasRenderingContext2D, samples: Float32Array, dbfs: number): void {
  const { canvas } = context;
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const colours = palette();
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, width, height);
  context.fillStyle = colours.grid;
  context.fillRect(0, height / 2, width - METER_PX - 6, 1);
  const from = risingEdge(samples);
  context.strokeStyle = colours.curve;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  context.beginPath();
  for (let x = 0; x < width - METER_PX - 6; x += 1) {
    const sample = samples[from + Math.floor((x / width) * 1024)] ?? 0;
    context.lineTo(x, height / 2 - sample * height * 0.46);
  }
  context.stroke();
  const y = (level: number): number => height * (level / FLOOR_DBFS);
  context.fillStyle = colours.grid;
  context.fillRect(width - METER_PX, 0, METER_PX, height);
  context.fillStyle = dbfs > CLIPPING_DBFS ? colours.bad : dbfs > -6 ? colours.amber : colours.ok;
  context.fillRect(width - METER_PX, y(Math.min(0, dbfs)), METER_PX, height);
  context.fillStyle = colours.sunken;
  for (const mark of MARKS_DBFS) context.fillRect(width - METER_PX, y(mark), METER_PX, 1);
}

/** The picture stands still when it begins where the wave goes up through zero. */
function risingEdge(samples: Float32Array): number {
  for (let i = 1; i < 1000; i += 1) {
    if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) return i;
  }
  return 0;
}
