import { palette, type Palette } from '../ui/palette.ts';
import { usePainter, type Surface } from '../ui/use-painter.ts';
import type { Side } from './compare-side.ts';

/** Both waveforms, one above the other on one time axis: A blue, B amber. */
export function OverlaidWaves({ a, b }: { a: Side; b: Side }) {
  const canvas = usePainter(() => void palette(), (surface) => paint(surface, palette(), a.audio, b.audio));
  return <canvas ref={canvas} id="compare-waves" class="compare-waves" role="img" aria-label={`Waveforms of ${a.meta.name} and ${b.meta.name}`} />;
}

function paint(surface: Surface, colours: Palette, a: AudioBuffer | undefined, b: AudioBuffer | undefined): void {
  const { context, width, height } = surface;
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, width, height);
  const length = Math.max(a?.duration ?? 0, b?.duration ?? 0);
  if (length === 0) return;
  paintWave(surface, a, colours.blue, height * 0.25, length);
  paintWave(surface, b, colours.amber, height * 0.75, length);
  context.fillStyle = colours.line;
  context.fillRect(0, height / 2, width, 1);
}

function paintWave({ context, width, height }: Surface, audio: AudioBuffer | undefined, colour: string, middle: number, lengthSec: number): void {
  if (audio === undefined) return;
  const samples = audio.getChannelData(0);
  const perPixel = (lengthSec * audio.sampleRate) / width;
  context.fillStyle = colour;
  for (let x = 0; x < width; x += 1) {
    const from = Math.floor(x * perPixel);
    const to = Math.min(samples.length, Math.floor((x + 1) * perPixel) + 1);
    let [low, high] = [0, 0];
    for (let i = from; i < to; i += 1) {
      const sample = samples[i] ?? 0;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    if (to > from) context.fillRect(x, middle - high * height * 0.24, 1, Math.max(1, (high - low) * height * 0.24));
  }
}
