import { changeSettings, settings } from '../live/settings.ts';
import { Choice } from '../ui/Choice.tsx';
import { chooseMidiInput, enableMidi, midi } from './midi-input.ts';

const CHANNELS = Array.from({ length: 17 }, (_, channel) => ({ value: channel, label: channel === 0 ? 'All' : String(channel) }));

/** Which MIDI keyboard plays, and on which channel. */
export function MidiPanel() {
  const now = midi.value;
  return (
    <div class="stack" id="midi-panel">
      {now.state === 'off' && <button type="button" id="enable-midi" class="button" onClick={() => void enableMidi()}>Use a MIDI keyboard</button>}
      {now.state === 'unavailable' && (
        <div role="alert" id="midi-message">
          <p><span class="badge bad">No MIDI</span></p>
          <p>{now.message}</p>
          <p class="hint">{now.hint}</p>
        </div>
      )}
      {now.state === 'ready' && (
        <>
          <p><span class={`badge ${now.inputs.length > 0 ? 'ok' : 'warn'}`}>{now.inputs.length > 0 ? 'MIDI ready' : 'No MIDI device'}</span></p>
          {now.inputs.length === 0 && <p class="hint">Plug a device in; if it does not appear, refresh the page.</p>}
          <Choice label="Input" value={settings.value.midiInput} disabled={now.inputs.length === 0} onChange={chooseMidiInput}
            options={inputOptions(now.inputs, settings.value.midiInput)} />
          <Choice label="Channel" value={settings.value.midiChannel} options={CHANNELS} onChange={(midiChannel) => changeSettings({ midiChannel })} />
        </>
      )}
    </div>
  );
}

function inputOptions(inputs: readonly { id: string; name: string }[], chosen: string) {
  const options = inputs.map(({ id, name }) => ({ value: id, label: name }));
  return options.some((option) => option.value === chosen) ? options : [{ value: chosen, label: inputs.length === 0 ? 'None' : 'First' }, ...options];
}
