import { Tile } from '../../ui/Tile.tsx';
import type { Provenance, RenderTelemetry } from '../../wire/types.ts';
import { lastResult, renderedDocument } from '../render-job.ts';

/** Telemetry tiles and flight recorder of the last render. */
export function ResultPanels() {
  const result = lastResult.value;
  if (result === undefined) return <p class="hint">Render the score to see its telemetry and provenance here.</p>;
  return (
    <div class="stack">
      <TelemetryTiles telemetry={result.telemetry} polyphony={renderedDocument.value?.engine.maxPolyphony ?? 4} />
      <FlightRecorder provenance={result.provenance} />
      <RawView label="Raw telemetry" value={result.telemetry} />
      <RawView label="Raw provenance" value={result.provenance} />
    </div>
  );
}

function TelemetryTiles({ telemetry, polyphony }: { telemetry: RenderTelemetry; polyphony: number }) {
  const { maxAbsDelta, rtf, peakDbfs, voicesMax, notesEndSec, tailSec } = telemetry;
  const peak = peakDbfs ?? Number.NEGATIVE_INFINITY;
  return (
    <dl class="tiles" id="telemetry">
      <Tile label="Max Δ" value={maxAbsDelta.toFixed(3)} tone={maxAbsDelta > 0.25 ? 'bad' : maxAbsDelta > 0.15 ? 'warn' : 'ok'} />
      <Tile label="RTF" value={rtf.toFixed(4)} tone={rtf < 1 ? 'ok' : 'warn'} />
      <Tile label="Peak" value={peakDbfs === null ? 'silent' : `${peak.toFixed(1)} dBFS`}
        tone={peak > -0.1 ? 'bad' : peak > -3 ? 'warn' : 'ok'} />
      <Tile label="Voices" value={`${voicesMax} / ${polyphony}`} tone={voicesMax > polyphony ? 'warn' : 'ok'} />
      <Tile label="Duration" value={`${notesEndSec.toFixed(2)} + ${tailSec.toFixed(2)} s`} />
    </dl>
  );
}

function FlightRecorder({ provenance }: { provenance: Provenance }) {
  const { config } = provenance;
  return (
    <dl class="facts" id="flight-recorder">
      <dt>Commit</dt><dd><code>{provenance.commit}</code></dd>
      <dt>Score hash</dt><dd><code>{provenance.scoreHash}</code></dd>
      <dt>WAV hash</dt><dd><code>{provenance.wavHash}</code></dd>
      <dt>Config</dt>
      <dd>{config.sampleRateHz} Hz · block {config.blockSize} · {config.maxPolyphony} voices · {config.deterministic}</dd>
    </dl>
  );
}

export function RawView({ label, value }: { label: string; value: unknown }) {
  return (
    <details>
      <summary>{label}</summary>
      <pre class="raw" tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
