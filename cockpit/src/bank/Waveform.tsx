import { useEffect, useRef, useState } from 'preact/hooks';
import type WaveSurfer from 'wavesurfer.js';
import { shownTheme } from '../state/theme.ts';
import { reportError } from '../state/errors.ts';
import { palette } from '../ui/palette.ts';

export interface WaveformControl {
  toggle(): void;
}

interface WaveformProps {
  /** Absent while it loads: its place is kept, so that nothing below moves away from under a finger. */
  readonly audio: Blob | undefined;
  readonly label: string;
  readonly spectrogram: boolean;
  readonly onReady: (control: WaveformControl) => void;
  readonly onPlaying: (playing: boolean) => void;
}

/** Waveform with playback, and a spectrogram below on wish; both by wavesurfer.js, loaded when first needed. */
export function Waveform({ audio, label, spectrogram, onReady, onPlaying }: WaveformProps) {
  const wave = useRef<HTMLDivElement>(null);
  const spectrum = useRef<HTMLDivElement>(null);
  const [surfer, setSurfer] = useState<WaveSurfer | undefined>(undefined);
  const theme = shownTheme.value;

  useEffect(() => {
    if (audio === undefined) return;
    let made: WaveSurfer | undefined;
    const frame = document.createElement('div');
    let gone = false;
    void import('wavesurfer.js').then(async ({ default: Surfer }) => {
      if (gone || wave.current === null) return;
      const colours = palette();
      made = Surfer.create({
        container: frame, height: 96, waveColor: colours.textFaint, progressColor: colours.accent, cursorColor: colours.cursor,
        normalize: false, dragToSeek: true, sampleRate: 48_000,
      });
      adoptStyle(made);
      wave.current.append(frame);
      made.on('play', () => onPlaying(true));
      made.on('pause', () => onPlaying(false));
      made.on('finish', () => onPlaying(false));
      await made.loadBlob(audio);
      if (gone) return;
      setSurfer(made);
      onReady({ toggle: () => void made?.playPause() });
    }).catch((problem: unknown) => reportError('Showing the waveform', problem));
    return () => {
      gone = true;
      onPlaying(false);
      made?.destroy();
      frame.remove();
    };
  }, [audio, theme]);

  useEffect(() => {
    const container = spectrum.current;
    if (!spectrogram || surfer === undefined || container === null) return;
    let remove: (() => void) | undefined;
    let gone = false;
    void import('wavesurfer.js/plugins/spectrogram').then(({ default: Spectrogram }) => {
      if (gone) return;
      const plugin = surfer.registerPlugin(Spectrogram.create({
        container, height: 160, labels: true, frequencyMax: 12_000, scale: 'mel', useWebWorker: false,
      }));
      remove = () => plugin.destroy();
    }).catch((problem: unknown) => reportError('Showing the spectrogram', problem));
    return () => {
      gone = true;
      remove?.();
    };
  }, [spectrogram, surfer]);

  return (
    <>
      <div ref={wave} class="waveform" role="img" aria-label={label} />
      {spectrogram && <div ref={spectrum} class="spectrogram" role="img" aria-label={label.replace('Waveform', 'Spectrogram')} />}
    </>
  );
}

/**
 * The content security policy forbids the style element in wavesurfer's shadow tree, a constructed sheet is allowed. The
 * element goes before the tree is part of the page, so that there is nothing to forbid.
 */
function adoptStyle(surfer: WaveSurfer): void {
  const root = surfer.getWrapper().getRootNode();
  const style = root instanceof ShadowRoot ? root.querySelector('style') : null;
  if (!(root instanceof ShadowRoot) || style === null) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style.textContent ?? '');
  root.adoptedStyleSheets = [sheet];
  style.remove();
}
