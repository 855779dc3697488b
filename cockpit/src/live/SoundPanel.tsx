import { Choice } from '../ui/Choice.tsx';
import { Slider } from '../ui/Slider.tsx';
import { apply } from './VoicePanel.tsx';
import { live } from './session.ts';
import { changeSettings, settings } from './settings.ts';

/** How the next notes sound. */
export function SoundPanel() {
  const { timbre, polyphony, limiter, velocity, breathiness, vibratoCents, portamentoMs, octave } = settings.value;
  const timbres = live.hello.value?.timbres ?? [];
  return (
    <div class="stack" id="live-sound">
      <Choice label="Timbre" value={timbre} onChange={(chosen) => apply({ timbre: chosen })}
        options={[{ value: '', label: 'Pad and words decide' }, ...timbres.map((name) => ({ value: name, label: name }))]} />
      <Slider label="Polyphony" value={polyphony} min={1} max={16} step={1} onInput={(value) => apply({ polyphony: value })} />
      <Slider label="Velocity" value={velocity} min={0.05} max={1} step={0.05} format={(value) => value.toFixed(2)}
        onInput={(value) => changeSettings({ velocity: value })} />
      <Slider label="Breathiness" value={breathiness} min={0} max={1} step={0.01} format={(value) => (value === 0 ? 'voice' : value.toFixed(2))}
        onInput={(value) => changeSettings({ breathiness: value })} />
      <Slider label="Vibrato" value={vibratoCents} min={0} max={100} step={1} format={(value) => `${value} ct`}
        onInput={(value) => changeSettings({ vibratoCents: value })} />
      <Slider label="Portamento" value={portamentoMs} min={0} max={500} step={5} format={(value) => `${value} ms`}
        onInput={(value) => changeSettings({ portamentoMs: value })} />
      <Slider label="Octave" value={octave} min={-3} max={3} step={1} format={(value) => (value > 0 ? `+${value}` : String(value))}
        onInput={(value) => changeSettings({ octave: value })} />
      <label class="check">
        <input type="checkbox" checked={limiter} onChange={(event) => apply({ limiter: event.currentTarget.checked })} />Limiter
      </label>
    </div>
  );
}
