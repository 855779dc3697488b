import { Tile, type Tone } from '../ui/Tile.tsx';
import { live } from './session.ts';

const CLIPPING_DBFS = -0.1;
const CLICK_DELTA = 0.3;
const LEVEL_TONE: Record<string, Tone> = { green: 'ok', yellow: 'warn', red: 'bad' };

/** What the session measures, and what should worry. */
export function LiveTiles() {
  const telemetry = live.telemetry.value;
  const underruns = live.underruns.value;
  const latency = live.latency.value;
  const peak = telemetry?.peakDbfs ?? undefined;
  const delta = telemetry?.clickDeltaMaxRecent ?? 0;
  return (
    <div class="stack">
      <dl class="tiles" id="live-tiles">
        <Tile label="Voices" value={telemetry === undefined ? '–' : `${telemetry.voicesActive} / ${telemetry.voicesMax}`} />
        <Tile label="Peak" value={peak === undefined ? '–' : `${peak.toFixed(1)} dBFS`} tone={peak !== undefined && peak > CLIPPING_DBFS ? 'bad' : 'plain'} />
        <Tile label="Underruns" id="tile-underruns" value={String(underruns)} tone={underruns > 0 ? 'bad' : 'plain'} />
        <Tile label="Click Δ" value={delta.toFixed(3)} tone={delta > CLICK_DELTA ? 'bad' : 'plain'} />
        <Tile label="RTF" value={telemetry === undefined ? '–' : telemetry.rtf.toFixed(3)} />
        <Tile label="WS jitter" value={`${live.jitterMs.value.toFixed(1)} ms`} />
        <Tile label="Buffer" value={`${Math.round(live.audio.bufferMs)} ms`} />
        <Tile label="Latency" value={latency?.totalMs == null ? '–' : `${Math.round(latency.totalMs)} ms`} tone={LEVEL_TONE[latency?.level ?? ''] ?? 'plain'} />
      </dl>
      <div class="row" id="live-alerts" role="status">
        {peak !== undefined && peak > CLIPPING_DBFS && <span class="badge bad">CLIPPING</span>}
        {delta > CLICK_DELTA && <span class="badge warn">CLICK RISK</span>}
        {underruns > 0 && <span class="badge bad" title="Choose a safer latency or fewer voices">BUFFER STARVED</span>}
      </div>
    </div>
  );
}
