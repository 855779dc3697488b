import { Tile, type Tone } from '../ui/Tile.tsx';
import { jitterTone } from './latency-tone.ts';
import { live } from './session.ts';
import { latencySamples, settings, type LatencyChoice } from './settings.ts';

/** Peaks above this are heard as distortion. */
export const CLIPPING_DBFS = -0.1;
const CLICK_DELTA = 0.3;
const LEVEL_TONE: Record<string, Tone> = { green: 'ok', yellow: 'warn', red: 'bad' };

const NEXT_LATENCY: Record<LatencyChoice, string> = {
  low: 'Switch the latency from Low to Balanced', balanced: 'Switch the latency from Balanced to Safe', safe: 'The latency is at Safe already: check the network',
};

/** What the session measures, and what should worry. */
export function LiveTiles() {
  const telemetry = live.telemetry.value;
  const underruns = live.underruns.value;
  const latency = live.latency.value;
  const peak = telemetry?.peakDbfs ?? undefined;
  const targetMs = (latencySamples(settings.value.latency) / 48_000) * 1000;
  const delta = telemetry?.clickDeltaMaxRecent ?? 0;
  return (
    <dl class="tiles" id="live-tiles">
      <Tile label="Voices" value={telemetry === undefined ? '–' : `${telemetry.voicesActive} / ${telemetry.voicesMax}`} />
      <Tile label="Peak" value={peak === undefined ? '–' : `${peak.toFixed(1)} dBFS`} tone={peak !== undefined && peak > CLIPPING_DBFS ? 'bad' : 'plain'} />
      <Tile label="Underruns" id="tile-underruns" value={String(underruns)} tone={underruns > 0 ? 'bad' : 'plain'} />
      <Tile label="Click Δ" value={delta.toFixed(3)} tone={delta > CLICK_DELTA ? 'bad' : 'plain'} />
      <Tile label="RTF" value={telemetry === undefined ? '–' : telemetry.rtf.toFixed(3)} />
      <Tile label="WS jitter" id="tile-jitter" value={telemetry === undefined ? '–' : `${live.jitterMs.value.toFixed(1)} ms`}
        tone={telemetry === undefined || !live.playing.value ? 'plain' : jitterTone(live.jitterMs.value, targetMs)} />
      <Tile label="Buffer" value={`${Math.round(live.audio.bufferMs)} ms`} />
      <Tile label="Latency" id="tile-latency" value={latency?.totalMs == null ? '–' : `${Math.round(latency.totalMs)} ms`} tone={LEVEL_TONE[latency?.level ?? ''] ?? 'plain'} />
    </dl>
  );
}

/** Warnings lie over the scope, so that nothing moves under the hands of who plays. */
export function LiveAlerts() {
  const telemetry = live.telemetry.value;
  const underruns = live.underruns.value;
  const peak = telemetry?.peakDbfs ?? undefined;
  const delta = telemetry?.clickDeltaMaxRecent ?? 0;
  return (
    <div class="row" id="live-alerts" role="status">
      {peak !== undefined && peak > CLIPPING_DBFS && <span class="badge bad">CLIPPING</span>}
      {delta > CLICK_DELTA && <span class="badge warn">CLICK RISK</span>}
      {underruns > 0 && (
        <>
          <span class="badge bad" id="buffer-starved">BUFFER STARVED</span>
          <span class="hint">
            Underruns since you connected. {NEXT_LATENCY[settings.value.latency]}, lower the polyphony, or check the daemon's CPU load.
          </span>
        </>
      )}
    </div>
  );
}
