import { useMemo } from 'preact/hooks';
import { CANVAS_FONT, palette, type Palette } from '../ui/palette.ts';
import { usePainter, type Surface } from '../ui/use-painter.ts';
import { meanSpectrum } from './audio-compare.ts';

const LOWEST_HZ = 60;
const HIGHEST_HZ = 20_000;
const TOP_DB = 0;
const BOTTOM_DB = -110;
const MARKS_HZ = [100, 200, 500, 1000, 2000, 5000, 10_000];

/** Mean spectra of both on a logarithmic axis. */
export function SpectrumChart({ a, b, sampleRateHz }: { a: Float32Array; b: Float32Array; sampleRateHz: number }) {
  const spectra = useMemo(() => [meanSpectrum(a), meanSpectrum(b)] as const, [a, b]);
  const canvas = usePainter(() => void palette(), (surface) => {
    const colours = palette();
    paintAxes(surface, colours);
    paintSpectrum(surface, spectra[0], sampleRateHz, colours.blue);
    paintSpectrum(surface, spectra[1], sampleRateHz, colours.amber);
  });
  return <canvas ref={canvas} class="spectrum-chart" role="img" aria-label="Mean spectra of both renders" />;
}

function xOf(frequencyHz: number, width: number): number {
  return (Math.log(frequencyHz / LOWEST_HZ) / Math.log(HIGHEST_HZ / LOWEST_HZ)) * width;
}

function paintAxes({ context, width, height }: Surface, colours: Palette): void {
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, width, height);
  context.font = `500 10px ${CANVAS_FONT}`;
  for (const mark of MARKS_HZ) {
    const x = xOf(mark, width);
    context.fillStyle = colours.beat;
    context.fillRect(x, 0, 1, height);
    context.fillStyle = colours.textSoft;
    context.fillText(mark >= 1000 ? `${mark / 1000} kHz` : `${mark} Hz`, x + 3, height - 4);
  }
}

function paintSpectrum({ context, width, height }: Surface, spectrum: Float32Array, sampleRateHz: number, colour: string): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  context.beginPath();
  const binHz = sampleRateHz / 2 / spectrum.length;
  for (let k = Math.ceil(LOWEST_HZ / binHz); k < spectrum.length && k * binHz < HIGHEST_HZ; k += 1) {
    const y = ((TOP_DB - (spectrum[k] ?? BOTTOM_DB)) / (TOP_DB - BOTTOM_DB)) * height;
    context.lineTo(xOf(k * binHz, width), y);
  }
  context.stroke();
}
