import { presetById, presets } from '../../state/presets.ts';
import { Choice } from '../../ui/Choice.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { VoiceCard } from '../../ui/VoiceCard.tsx';
import { saved, setEngine } from '../store.ts';

/** Which voice sings, and how it is rendered. */
export function EnginePanel() {
  const { engine } = saved.value;
  const voices = presets.value ?? [];
  const voice = presetById(engine.presetId);
  const known = voices.map((preset) => ({ value: preset.id, label: preset.name }));
  const options = voice === undefined ? [{ value: engine.presetId, label: `${engine.presetId} (not here)` }, ...known] : known;
  return (
    <div class="stack" id="engine-panel">
      <Choice label="Voice" value={engine.presetId} options={options}
        onChange={(presetId) => setEngine({ presetId, defaultTimbre: '' })} />
      <VoiceCard preset={voice} />
      <Choice label="Default timbre" value={engine.defaultTimbre} onChange={(defaultTimbre) => setEngine({ defaultTimbre })}
        options={[{ value: '', label: "The voice's own" }, ...(voice?.timbres ?? []).map((name) => ({ value: name, label: name }))]} />
      <Slider label="Polyphony" value={engine.maxPolyphony} min={1} max={16} step={1}
        onInput={(maxPolyphony) => setEngine({ maxPolyphony })} />
      <div class="field-pair">
        <Choice label="Determinism" value={engine.deterministic} onChange={(deterministic) => setEngine({ deterministic })}
          options={[{ value: 'exact', label: 'Exact' }, { value: 'fast', label: 'Fast' }]} />
        <NumberField label="Seed" value={engine.rngSeed} min={-2147483648} max={2147483647}
          onCommit={(rngSeed) => setEngine({ rngSeed: Math.round(rngSeed) })} />
        <Choice label="Channels" value={engine.channels} onChange={(channels) => setEngine({ channels })}
          options={[{ value: 1, label: 'Mono' }, { value: 2, label: 'Stereo' }]} />
      </div>
    </div>
  );
}
