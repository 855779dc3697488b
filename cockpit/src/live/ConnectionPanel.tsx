import { Plug, Unplug } from 'lucide';
import { presetById, presets } from '../state/presets.ts';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { VoiceCard } from '../ui/VoiceCard.tsx';
import { live, type ConnectionState } from './session.ts';
import { changeSettings, LATENCIES, settings, type LiveSettings } from './settings.ts';

const BADGE: Record<ConnectionState, [string, string]> = {
  disconnected: ['', 'Not connected'], connecting: ['warn', 'Connecting'], connected: ['ok', 'Connected'],
};

/** Connection, voice and latency. */
export function ConnectionPanel() {
  const state = live.state.value;
  const [tone, text] = BADGE[state];
  const { presetId, latency } = settings.value;
  const voice = presetById(presetId);
  const voices = (presets.value ?? []).map((preset) => ({ value: preset.id, label: preset.name }));
  return (
    <div class="stack" id="live-connection">
      <div class="row">
        {state === 'disconnected' ? (
          <button type="button" id="live-connect" class="button primary grow" onClick={() => void live.connect()}><Icon node={Plug} />Connect</button>
        ) : (
          <button type="button" id="live-disconnect" class="button grow" onClick={() => live.disconnect()}><Icon node={Unplug} />Disconnect</button>
        )}
        <span id="live-badge" class={`badge ${tone}`} role="status">{text}</span>
      </div>
      <Choice label="Voice" value={presetId} onChange={(id) => apply({ presetId: id, timbre: '' })}
        options={voice === undefined ? [{ value: presetId, label: presetId }, ...voices] : voices} />
      <VoiceCard preset={voice} />
      <Choice label="Latency" value={latency} options={LATENCIES} onChange={(choice) => apply({ latency: choice })} />
    </div>
  );
}

/** Changes settings and tells the session. */
export function apply(patch: Partial<LiveSettings>): void {
  changeSettings(patch);
  live.applySettings();
}
