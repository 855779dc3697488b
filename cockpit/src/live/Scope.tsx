import { useEffect, useRef } from 'preact/hooks';
import { palette } from '../ui/palette.ts';
import { live } from './session.ts';

/** The waveform of what is heard, from the browser's analyser, and its level as a bar. */
export function Scope() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    let frame = 0;
    const samples = new Float32Array(2048);
    const draw = (): void => {
      frame = requestAnimationFrame(draw);
      const element = context.canvas;
      const [width, height] = [element.clientWidth, element.clientHeight];
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      const colours = palette();
      context.fillStyle = colours.sunken;
      context.fillRect(0, 0, width, height);
      live.audio.analyser?.getFloatTimeDomainData(samples);
      const from = risingEdge(samples);
      context.strokeStyle = colours.curve;
      context.lineWidth = 1.5;
      context.beginPath();
      for (let x = 0; x < width - 14; x += 1) {
        const sample = samples[from + Math.floor((x / width) * 1024)] ?? 0;
        context.lineTo(x, height / 2 - sample * height * 0.46);
      }
      context.stroke();
      const peak = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
      const level = peak <= 0 ? 0 : Math.max(0, 1 + (20 * Math.log10(peak)) / 60);
      context.fillStyle = peak > 0.989 ? colours.bad : colours.ok;
      context.fillRect(width - 10, height * (1 - level), 8, height * level);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);
  return <canvas ref={canvas} id="scope" class="scope" role="img" aria-label="Scope of the output" />;
}

/** The picture stands still when it begins where the wave goes up through zero. */
function risingEdge(samples: Float32Array): number {
  for (let i = 1; i < 1000; i += 1) {
    if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) return i;
  }
  return 0;
}
