import { live } from './session.ts';

/** Measured, not guessed: the way of a note from key to ear, part by part. */
export function LatencyPanel() {
  const rtt = live.latencyMeter.rttMs.value;
  void live.telemetry.value;
  const audioMs = live.audio.bufferMs + live.audio.outputMs;
  const figures: [string, number | undefined | null][] = [
    ['Round trip', rtt],
    ['Server', live.latency.value?.serverMs],
    ['Buffer and device', audioMs],
    ['Key to ear', rtt === undefined ? undefined : rtt + audioMs],
  ];
  return (
    <div class="stack" id="live-latency">
      <dl class="latency">
        {figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value == null ? '–' : `${value.toFixed(1)} ms`}</dd></div>)}
      </dl>
      <button type="button" id="tap-test" class="button" disabled={live.state.value !== 'connected' || live.latencyMeter.measuring.value}
        onClick={() => void live.latencyMeter.measure(5)}>
        {live.latencyMeter.measuring.value ? 'Measuring …' : 'Tap Test'}
      </button>
    </div>
  );
}
