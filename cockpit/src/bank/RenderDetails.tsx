import { Download, Music4, Pause, Play } from 'lucide';
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { reportError } from '../state/errors.ts';
import { presetById } from '../state/presets.ts';
import { getAudio, getProvenance, getTelemetry } from '../wire/daemon.ts';
import type { Provenance, RenderMeta, StoredProvenance, StoredTelemetry } from '../wire/types.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { RawView } from '../score/view/ResultPanels.tsx';
import { downloadAs, DOWNLOADS } from './downloads.ts';
import { openScore } from './open-score.ts';
import { Waveform, type WaveformControl } from './Waveform.tsx';

interface Loaded {
  readonly audio?: Blob;
  readonly telemetry?: StoredTelemetry;
  readonly provenance?: Provenance | StoredProvenance;
}

/** One render in full: hear it, see it, where it comes from. */
export function RenderDetails({ meta }: { meta: RenderMeta }) {
  const [loaded, setLoaded] = useState<Loaded>({});
  const [control, setControl] = useState<WaveformControl | undefined>(undefined);
  const [playing, setPlaying] = useState(false);
  const [spectrogram, setSpectrogram] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    const take = <K extends keyof Loaded>(key: K, work: Promise<Loaded[K]>): void => {
      work.then((value) => { if (!abort.signal.aborted) setLoaded((now) => ({ ...now, [key]: value })); },
        (problem: unknown) => reportError(`Loading ${meta.name}`, problem));
    };
    take('audio', getAudio(meta.id, abort.signal));
    take('telemetry', getTelemetry(meta.id));
    take('provenance', getProvenance(meta.id));
    return () => abort.abort();
  }, []);
  const { audio, telemetry, provenance } = loaded;
  const section = useRef<HTMLElement>(null);
  // On a phone the details stand below the list, out of sight.
  useEffect(() => section.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <section ref={section} class="panel stack render-details" aria-label={`Details of ${meta.name}`}>
      <h2>{meta.name}</h2>
      <Waveform audio={audio} label={`Waveform of ${meta.name}`} spectrogram={spectrogram} onReady={setControl} onPlaying={setPlaying} />
      <div class="row">
        <button type="button" id="bank-play" class="button primary" disabled={control === undefined} onClick={() => control?.toggle()}>
          <Icon node={playing ? Pause : Play} />{playing ? 'Pause' : 'Play'}
        </button>
        <label class="check">
          <input id="spectrogram" type="checkbox" checked={spectrogram} onChange={(event) => setSpectrogram(event.currentTarget.checked)} />Spectrogram
        </label>
        <button type="button" id="open-score" class="button" onClick={() => void openScore(meta)}><Icon node={Music4} />Open score</button>
      </div>
      <Downloads meta={meta} />
      <dl class="facts" id="provenance">
        {configFacts(meta, provenance).map(([label, value]) => <Fragment key={label}><dt>{label}</dt><dd>{value}</dd></Fragment>)}
        <dt>Commit</dt><dd><code>{meta.commit}</code></dd>
        <dt>Score hash</dt><dd><code>{provenance?.scoreHash ?? meta.scoreHash}</code></dd>
        <dt>WAV hash</dt><dd><code>{provenance?.wavHash ?? meta.wavHash}</code></dd>
        {meta.createdBy !== undefined && <><dt>Made by</dt><dd>{meta.createdBy}</dd></>}
      </dl>
      {telemetry !== undefined && <RawView label="Telemetry" value={telemetry} />}
      {provenance !== undefined && <RawView label="Provenance" value={provenance} />}
    </section>
  );
}

/** What the sound was made with, as far as the render tells. */
function configFacts(meta: RenderMeta, provenance: Loaded['provenance']): [string, string][] {
  const full = provenance !== undefined && 'config' in provenance ? provenance : undefined;
  const config: Record<string, unknown> = { ...full?.config };
  const presetId = full?.presetId;
  const voice = typeof presetId === 'string' ? presetById(presetId)?.name ?? presetId : meta.summary.preset;
  const engine = [
    config['sampleRateHz'] === undefined ? undefined : `${String(config['sampleRateHz'])} Hz`,
    config['blockSize'] === undefined ? undefined : `block ${String(config['blockSize'])}`,
    config['maxPolyphony'] === undefined ? undefined : `${String(config['maxPolyphony'])} voices`,
    config['deterministic'],
    config['rngSeed'] === undefined ? undefined : `seed ${String(config['rngSeed'])}`,
  ].filter((part) => typeof part === 'string');
  const facts: [string, string | undefined][] = [
    ['Made', new Date(meta.createdAt).toLocaleString()],
    ['Length', `${meta.durationSec.toFixed(2)} s`],
    ['Voice', voice],
    ['Config', engine.length === 0 ? undefined : engine.join(' · ')],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

/** The usual formats by a click each, the others by name. */
function Downloads({ meta }: { meta: RenderMeta }) {
  const [key, setKey] = useState('opus');
  const quick = DOWNLOADS.filter((format) => ['wav', 'flac', 'midi'].includes(format.key));
  const others = DOWNLOADS.filter((format) => !quick.includes(format));
  return (
    <div class="row downloads" role="group" aria-label="Download">
      <div class="button-group">
        {quick.map((format) => (
          <button key={format.key} type="button" id={`download-${format.key}`} class="button" title={format.label}
            onClick={() => void downloadAs(meta, format)}><Icon node={Download} />{format.key.toUpperCase()}</button>
        ))}
      </div>
      <div class="row">
        <select id="download-format" class="select" aria-label="Other format" value={key} onChange={(event) => setKey(event.currentTarget.value)}>
          {others.map((format) => <option key={format.key} value={format.key}>{format.label}</option>)}
        </select>
        <IconButton icon={Download} label="Download in the other format"
          onClick={() => { const format = others.find((other) => other.key === key); if (format !== undefined) void downloadAs(meta, format); }} />
      </div>
    </div>
  );
}
