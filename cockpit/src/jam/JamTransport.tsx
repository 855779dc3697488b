import { signal } from '@preact/signals';
import { Circle, Download, Music, Play, Square, X } from 'lucide';
import { clearErrors, reportError } from '../state/errors.ts';
import { ask } from '../ui/AskDialog.tsx';
import { Choice } from '../ui/Choice.tsx';
import { downloadBlob } from '../ui/download.ts';
import { Icon } from '../ui/Icon.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { clockText } from '../score/model/grid.ts';
import { getTapeMidi } from '../wire/daemon.ts';
import type { QuantizeGrid, TimeSignature } from '../wire/types.ts';
import type { JamState } from './jam-state.ts';
import { jamSession } from './session.ts';

const GRIDS = (['none', '1/4', '1/8', '1/16', '1/32'] as const satisfies readonly QuantizeGrid[])
  .map((value) => ({ value, label: value === 'none' ? 'Off' : value }));
const METERS = ['4/4', '3/4', '2/4', '5/4', '6/8', '7/8'].map((value) => ({ value, label: value }));

const countIn = signal(false);

/** Play, tempo, metre, loop, grid, recording: the host's desk. Guests see it and may switch the metronome. */
export function JamTransportBar({ jam }: { jam: JamState }) {
  const host = jamSession.isHost.value;
  const { transport, position } = jam;
  return (
    <div class="panel jam-transport" role="group" aria-label="Transport">
      <div class="row">
        <button type="button" id="jam-play" class="button primary" disabled={!host} aria-pressed={transport.playing}
          onClick={() => jamSession.send(transport.playing ? { type: 'transport_stop' }
            : { type: 'transport_play', ...(countIn.value ? { countInMeasures: 1 } : {}) })}>
          <Icon node={transport.playing ? Square : Play} />{transport.playing ? 'Stop' : 'Play'}
        </button>
        <button type="button" class="button" disabled={!host} onClick={() => jamSession.send({ type: 'transport_seek', positionSec: 0 })}>To start</button>
        <div class="position" id="jam-position">
          <strong>{position.currentMeasure + 1}.{Math.floor(position.currentBeat) + 1}</strong>
          <span>{clockText(position.currentSec)}</span>
        </div>
        <label class="check" title="A measure of clicks before the song moves">
          <input id="jam-count-in" type="checkbox" checked={countIn.value} disabled={!host} onChange={(event) => { countIn.value = event.currentTarget.checked; }} />Count in
        </label>
        <button type="button" id="jam-metronome" class="button" aria-pressed={jam.metronome} disabled={jamSession.spectating.value} onClick={() => jamSession.send({ type: 'metronome_toggle' })}>
          Metronome
        </button>
        <Recording jam={jam} />
      </div>
      <fieldset class="field-pair" disabled={!host}>
        <legend class="visually-hidden">Tempo, metre, loop and grid</legend>
        <NumberField label="BPM" value={transport.bpm} min={20} max={400} onCommit={(bpm) => jamSession.send({ type: 'transport_set', bpm })} />
        <Choice label="Metre" value={meterText(transport.timeSig)} options={withCurrent(meterText(transport.timeSig))}
          onChange={(text) => jamSession.send({ type: 'transport_set', timeSig: meterOf(text) })} />
        <Choice label="Quantise" value={jam.grid} options={GRIDS} onChange={(grid) => jamSession.send({ type: 'session_set_quantize', grid })} />
        <NumberField label="Seek (s)" value={Math.round(position.currentSec * 10) / 10} min={0} max={3600} step="any"
          onCommit={(positionSec) => jamSession.send({ type: 'transport_seek', positionSec })} />
        <NumberField label="Loop from (s)" value={transport.loopStartSec} min={0} max={3600} step="any"
          onCommit={(loopStartSec) => jamSession.send({ type: 'transport_set', loopStartSec })} />
        <NumberField label="to (s)" value={transport.loopEndSec} min={0} max={3600} step="any"
          onCommit={(loopEndSec) => jamSession.send({ type: 'transport_set', loopEndSec })} />
        <label class="check">
          <input id="jam-loop" type="checkbox" checked={transport.loopEnabled}
            onChange={(event) => jamSession.send({ type: 'transport_set', loopEnabled: event.currentTarget.checked })} />Loop
        </label>
      </fieldset>
    </div>
  );
}

function Recording({ jam }: { jam: JamState }) {
  const host = jamSession.isHost.value;
  const exporting = jamSession.exporting.value || jam.exportFraction !== undefined;
  return (
    <>
      <button type="button" id="jam-record" class={`button${jam.recording ? ' recording' : ''}`} disabled={!host} aria-pressed={jam.recording}
        onClick={() => jamSession.send({ type: jam.recording ? 'record_stop' : 'record_start' })}>
        <Icon node={Circle} />{jam.recording ? 'Stop recording' : 'Record'}
      </button>
      <label class="check" title="One more render per track; together they are the master before its limiter">
        <input id="jam-stems" type="checkbox" checked={stems.value} disabled={!host} onChange={(event) => { stems.value = event.currentTarget.checked; }} />Stems
      </label>
      <button type="button" id="jam-export" class="button" disabled={!host || jam.recording || exporting} onClick={() => void exportTake()}>
        <Icon node={Download} />Export
      </button>
      {jam.exported !== undefined && (
        <button type="button" id="jam-midi" class="button quiet" onClick={() => void saveMidi(jam.exported?.renderId ?? '')}>
          <Icon node={Music} />MIDI
        </button>
      )}
      {/* Last of the buttons: a click that comes when the export has just ended meets no other. */}
      {exporting && host && (
        <button type="button" id="jam-export-cancel" class="button" onClick={() => jamSession.cancelExport()}>
          <Icon node={X} />Cancel export{jam.exportFraction === undefined ? '' : ` (${Math.round(jam.exportFraction * 100)} %)`}
        </button>
      )}
      <span class="hint" role="status" id="jam-tape">
        {jam.recordedEvents > 0 && `${jam.recordedEvents} events, ${jam.recordedSec.toFixed(1)} s`}
        {jam.exported !== undefined && ` · in the bank (${jam.exported.wavHash})${jam.exported.stems === undefined ? '' : `, ${jam.exported.stems.length} stems`}`}
      </span>
    </>
  );
}

const stems = signal(false);

async function exportTake(): Promise<void> {
  const name = await ask({
    title: 'Export to the bank', label: 'Name', hint: 'Leave it empty for a name by date.', initial: '', action: 'Export', maxLength: 200,
  });
  if (name !== undefined) jamSession.export(name, stems.value);
}

async function saveMidi(renderId: string): Promise<void> {
  try {
    downloadBlob(await getTapeMidi(renderId), `jam-${renderId}.mid`);
    clearErrors('Tape as MIDI');
  } catch (problem) {
    reportError('Tape as MIDI', problem);
  }
}

function meterText({ num, den }: TimeSignature): string {
  return `${num}/${den}`;
}

function meterOf(text: string): TimeSignature {
  const [num = 4, den = 4] = text.split('/').map(Number);
  return { num, den: den === 8 ? 8 : 4 };
}

function withCurrent(current: string): { value: string; label: string }[] {
  return METERS.some(({ value }) => value === current) ? METERS : [{ value: current, label: current }, ...METERS];
}
