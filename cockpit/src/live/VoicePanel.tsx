import { presetById, presets } from '../state/presets.ts';
import { Choice } from '../ui/Choice.tsx';
import { VoiceCard } from '../ui/VoiceCard.tsx';
import { live } from './session.ts';
import { changeSettings, LATENCIES, settings, type LiveSettings } from './settings.ts';

/** Voice and latency. */
export function VoicePanel() {
  const { presetId, latency } = settings.value;
  const voice = presetById(presetId);
  const voices = (presets.value ?? []).map((preset) => ({ value: preset.id, label: preset.name }));
  return (
    <div class="stack" id="live-voice">
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
