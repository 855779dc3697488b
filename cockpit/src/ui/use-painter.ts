import { effect, signal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

export interface Surface {
  readonly context: CanvasRenderingContext2D;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Keeps a canvas painted: once a frame at most, whenever a signal that `watch` reads has changed, and when the canvas
 * changes its size or pixel density.
 */
export function usePainter(watch: () => void, paint: (surface: Surface) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ watch, paint });
  latest.current = { watch, paint };
  useEffect(() => {
    const element = canvas.current;
    // Painters cover their whole surface; an opaque canvas is composited faster.
    const context = element?.getContext('2d', { alpha: false });
    if (element === null || context === null || context === undefined) return;
    const size: Signal<number> = signal(0);
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const ratio = window.devicePixelRatio || 1;
      const { clientWidth: width, clientHeight: height } = element;
      const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (element.width !== pixelWidth) element.width = pixelWidth;
      if (element.height !== pixelHeight) element.height = pixelHeight;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      latest.current.paint({ context, width, height });
    };
    const stop = effect(() => {
      void size.value;
      latest.current.watch();
      if (frame === 0) frame = requestAnimationFrame(draw);
    });
    const observer = new ResizeObserver(() => { size.value += 1; });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      stop();
    };
  }, []);
  return canvas;
}
