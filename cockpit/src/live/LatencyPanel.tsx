import type { Tone } from '../ui/Tile.tsx';
import { delayTone, jitterTone } from './latency-tone.ts';
import { live } from './session.ts';
import { latencySamples, settings } from './settings.ts';

/** Measured, not guessed: the way of a note from key to ear, part by part. */
export function LatencyPanel() {
  const rtt = live.latencyMeter.rttMs.value;
  void live.telemetry.value;
  const audioMs = live.audio.bufferMs + live.audio.outputMs;
  const { jitterMs } = live;
  const connected = live.state.value === 'connected';
  const targetMs = (latencySamples(settings.value.latency) / 48_000) * 1000;
  const figures: [string, number | undefined | null, Tone?][] = [
    ['Round trip', rtt, delayTone(rtt)],
    ['Server', live.latency.value?.serverMs, delayTone(live.latency.value?.serverMs)],
    ['Buffer and device', connected ? audioMs : undefined],
    ['Key to ear', rtt === undefined || !connected ? undefined : rtt + audioMs],
    ['Jitter', connected ? jitterMs.value : undefined, connected ? jitterTone(jitterMs.value, targetMs) : 'plain'],
  ];
  return (
    <div class="stack" id="live-latency">
      <dl class="latency">
        {figures.map(([label, value, tone = 'plain']) => <div key={label}><dt>{label}</dt><dd class={tone}>{value == null ? '–' : `${value.toFixed(1)} ms`}</dd></div>)}
      </dl>
      <button type="button" id="tap-test" class="button" disabled={live.state.value !== 'connected' || live.latencyMeter.measuring.value}
        onClick={() => void live.latencyMeter.measure(5)}>
        {live.latencyMeter.measuring.value ? 'Measuring …' : 'Tap Test'}
      </button>
    </div>
  );
}
