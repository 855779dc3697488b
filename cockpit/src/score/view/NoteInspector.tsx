import { useEffect, useState } from 'preact/hooks';
import { timbresOf } from '../../state/presets.ts';
import type { Note } from '../../wire/types.ts';
import { Choice } from '../../ui/Choice.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { setLyric, setPhonemes } from '../actions.ts';
import { DEFAULT_VELOCITY, LAST_SEC } from '../model/document.ts';
import { patchNotes } from '../model/edits.ts';
import { lyricParts, symbolsOf } from '../model/lyrics.ts';
import { parsePitch, pitchName } from '../model/pitch-names.ts';
import { phonemesByNote } from '../phoneme-sync.ts';
import { edit, saved, selectedNotes, selection } from '../store.ts';

const DEFAULT_VIBRATO = { rateHz: 5.5, depthCents: 40, onsetSec: 0.2 };

/** Properties of the selected note, or of all selected notes at once. */
export function NoteInspector() {
  const notes = selectedNotes.value;
  const [first] = notes;
  if (first === undefined) {
    return <p class="hint">Click on the roll to write a note, or select notes to see their settings here.</p>;
  }
  return (
    <div class="stack" id="note-inspector">
      <p class="hint">
        {notes.length === 1 ? <><strong>{pitchName(first.midi)}</strong> · {first.startSec.toFixed(2)} s</> : `${notes.length} notes`}
      </p>
      {notes.length === 1 && <SingleNote note={first} />}
      <SharedSettings first={first} />
    </div>
  );
}

function SingleNote({ note }: { note: Note }) {
  const sung = phonemesByNote.value.get(note.id)?.map((phoneme) => phoneme.symbol) ?? [];
  const { phonemes } = lyricParts(note.lyric);
  return (
    <>
      <TextField id="note-lyric" label="Lyric" value={note.lyric ?? ''} placeholder="word, + next syllable, - hold"
        onCommit={(text) => setLyric(note.id, text)} />
      <TextField id="note-phonemes" label={phonemes === undefined ? 'Phonemes' : 'Phonemes (corrected)'}
        value={(phonemes ?? sung).join(' ')} placeholder="HH AH L OW"
        onCommit={(text) => setPhonemes(note.id, symbolsOf(text))} />
      <div class="field-pair">
        <TextField id="note-pitch" label="Pitch" value={pitchName(note.midi)} onCommit={(text) => {
          const midi = parsePitch(text);
          if (midi !== undefined) change({ midi });
        }} />
        <NumberField label="Start (s)" value={note.startSec} min={0} max={LAST_SEC} step="any"
          onCommit={(startSec) => change({ startSec })} />
        <NumberField label="Length (s)" value={note.durationSec} min={0.01} max={LAST_SEC} step="any"
          onCommit={(durationSec) => change({ durationSec })} />
      </div>
    </>
  );
}

function SharedSettings({ first }: { first: Note }) {
  const { presetId, channels } = saved.value.engine;
  const timbres = timbresOf(presetId);
  const vibrato = first.vibrato;
  return (
    <>
      <Choice label="Timbre" value={first.timbre ?? ''} onChange={(timbre) => change({ timbre: timbre === '' ? undefined : timbre })}
        options={[{ value: '', label: 'As the words and lanes say' }, ...timbres.map((name) => ({ value: name, label: name }))]} />
      <Slider label="Velocity" value={first.velocity ?? DEFAULT_VELOCITY} min={0} max={1} step={0.01}
        format={(value) => value.toFixed(2)} onInput={(velocity) => change({ velocity }, 'velocity')} />
      <Slider label="Portamento" value={first.portamentoSec ?? 0} min={0} max={0.5} step={0.01}
        format={(value) => `${Math.round(value * 1000)} ms`}
        onInput={(portamentoSec) => change({ portamentoSec: portamentoSec === 0 ? undefined : portamentoSec }, 'portamento')} />
      <Slider label="Breathiness" value={first.breathiness ?? 0} min={0} max={1} step={0.01}
        format={(value) => (first.breathiness === undefined ? 'voice' : value.toFixed(2))}
        onInput={(breathiness) => change({ breathiness }, 'breathiness')} />
      {channels === 2 && (
        <Slider label="Pan" value={first.pan ?? 0} min={-1} max={1} step={0.05} format={panText}
          onInput={(pan) => change({ pan }, 'pan')} />
      )}
      <label class="check">
        <input id="vibrato-on" type="checkbox" checked={vibrato !== undefined}
          onChange={(event) => change({ vibrato: event.currentTarget.checked ? DEFAULT_VIBRATO : undefined })} />
        Vibrato
      </label>
      {vibrato !== undefined && (
        <div class="stack inset">
          <Slider label="Rate" value={vibrato.rateHz} min={1} max={10} step={0.1} format={(value) => `${value.toFixed(1)} Hz`}
            onInput={(rateHz) => change({ vibrato: { ...vibrato, rateHz } }, 'rate')} />
          <Slider label="Depth" value={vibrato.depthCents} min={0} max={100} step={1} format={(value) => `${value} ct`}
            onInput={(depthCents) => change({ vibrato: { ...vibrato, depthCents } }, 'depth')} />
          <Slider label="Onset" value={vibrato.onsetSec} min={0} max={1} step={0.01} format={(value) => `${value.toFixed(2)} s`}
            onInput={(onsetSec) => change({ vibrato: { ...vibrato, onsetSec } }, 'onset')} />
        </div>
      )}
    </>
  );
}

function change(patch: Parameters<typeof patchNotes>[2], mergeKey?: string): void {
  edit(patchNotes(saved.value, selection.value, patch), mergeKey === undefined ? undefined : `note:${mergeKey}`);
}

function panText(pan: number): string {
  return pan === 0 ? 'centre' : `${Math.round(Math.abs(pan) * 100)} % ${pan < 0 ? 'left' : 'right'}`;
}

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onCommit: (text: string) => void;
}

/** Text that is taken over on Enter and when the field is left, if it has changed. */
function TextField({ id, label, value, placeholder = '', onCommit }: TextFieldProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = (): void => {
    if (text !== value) onCommit(text);
  };
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input id={id} class="input" value={text} placeholder={placeholder} autocomplete="off" spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)} onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()} />
    </label>
  );
}
