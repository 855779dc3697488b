import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { reportError } from '../state/errors.ts';
import { getAudio, getTelemetry } from '../wire/daemon.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { differenceOf, figuresOf, type AudioFigures } from './audio-compare.ts';
import type { Side } from './compare-side.ts';
import { ComparePlayer } from './ComparePlayer.tsx';
import { OverlaidWaves } from './OverlaidWaves.tsx';
import { chosen, renders } from './store.ts';
import { SpectrumChart } from './SpectrumChart.tsx';

export const comparing = signal(false);

export function CompareDialog() {
  return (
    <Dialog title="Compare" wide open={comparing.value} onClose={() => { comparing.value = false; }}>
      <Comparison ids={chosen.value} />
    </Dialog>
  );
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const [sides, setSides] = useState<readonly Side[]>([]);
  useEffect(() => {
    let gone = false;
    void Promise.all(ids.map(loadSide)).then((loaded) => {
      if (!gone) setSides(loaded.filter((side) => side !== undefined));
    });
    return () => { gone = true; };
  }, []);
  const [a, b] = sides;
  if (a === undefined || b === undefined) return <p class="hint">Loading …</p>;
  const [samplesA, samplesB] = [a.audio?.getChannelData(0), b.audio?.getChannelData(0)];
  return (
    <div class="stack">
      <OverlaidWaves a={a} b={b} />
      <ComparePlayer a={a} b={b} />
      {samplesA !== undefined && samplesB !== undefined && (
        <SpectrumChart a={samplesA} b={samplesB} sampleRateHz={a.audio?.sampleRate ?? 48_000} />
      )}
      <FiguresTable a={a} b={b} />
    </div>
  );
}

async function loadSide(id: string): Promise<Side | undefined> {
  const meta = renders.value?.find((candidate) => candidate.id === id);
  if (meta === undefined) return undefined;
  const report = (problem: unknown): undefined => {
    reportError(`Comparing ${meta.name}`, problem);
    return undefined;
  };
  const [telemetry, audio] = await Promise.all([getTelemetry(id).catch(report), decode(id).catch(report)]);
  return { meta, telemetry, audio };
}

/** Decodes without a device: an offline context needs no gesture of the user and no sound card. */
async function decode(id: string): Promise<AudioBuffer> {
  const bytes = await (await getAudio(id)).arrayBuffer();
  return new OfflineAudioContext(1, 1, 48_000).decodeAudioData(bytes);
}

function FiguresTable({ a, b }: { a: Side; b: Side }) {
  const [left, right] = [measured(a), measured(b)];
  const rows: [string, string, string][] = [
    ['Duration', `${a.meta.durationSec.toFixed(3)} s`, `${b.meta.durationSec.toFixed(3)} s`],
    ['Peak before normalising', peak(a), peak(b)],
    ['RMS', level(left?.rmsDbfs), level(right?.rmsDbfs)],
    ['Max Δ', delta(a, left), delta(b, right)],
    ['Voices', voices(a), voices(b)],
    ['Commit', a.meta.commit, b.meta.commit],
    ['WAV hash', a.meta.wavHash, b.meta.wavHash],
  ];
  return (
    <>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Figures">
        <table class="figures">
          <thead>
            <tr><th scope="col"><span class="visually-hidden">Figure</span></th><th scope="col" class="side-a">A: {a.meta.name}</th><th scope="col" class="side-b">B: {b.meta.name}</th></tr>
          </thead>
          <tbody>
            {rows.map(([label, x, y]) => <tr key={label} class={x === y ? '' : 'differs'}><th scope="row">{label}</th><td>{x}</td><td>{y}</td></tr>)}
          </tbody>
        </table>
      </div>
      <p id="compare-verdict" class="hint">{verdict(a, b)}</p>
    </>
  );
}

function measured(side: Side): AudioFigures | undefined {
  return side.audio === undefined ? undefined : figuresOf(side.audio.getChannelData(0), side.audio.sampleRate);
}

function verdict(a: Side, b: Side): string {
  if (a.audio === undefined || b.audio === undefined) return 'The audio could not be decoded; the figures above are the stored ones.';
  const { identical, maxDifference, correlation } = differenceOf(a.audio.getChannelData(0), b.audio.getChannelData(0));
  if (identical) return 'Identical, sample by sample.';
  return `Greatest difference ${maxDifference.toFixed(4)}, correlation ${correlation.toFixed(4)}.`;
}

const level = (dbfs: number | undefined): string => (dbfs === undefined ? '–' : `${dbfs.toFixed(1)} dBFS`);

function peak({ telemetry }: Side): string {
  return telemetry === undefined ? '–' : telemetry.peakDbfs === null ? 'silent' : level(telemetry.peakDbfs);
}

function delta({ telemetry }: Side, figures: AudioFigures | undefined): string {
  const stored = telemetry !== undefined && 'maxAbsDelta' in telemetry ? telemetry.maxAbsDelta : undefined;
  const value = typeof stored === 'number' ? stored : figures?.maxDelta;
  return value === undefined ? '–' : value.toFixed(4);
}

function voices({ telemetry }: Side): string {
  return telemetry !== undefined && 'voicesMax' in telemetry ? String(telemetry.voicesMax) : '–';
}
