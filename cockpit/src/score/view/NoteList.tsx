import { Trash2 } from 'lucide';
import type { Note } from '../../wire/types.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useDraft } from '../../ui/use-draft.ts';
import { setLyric } from '../actions.ts';
import { DEFAULT_VELOCITY } from '../model/document.ts';
import { deleteNotes, patchNotes } from '../model/edits.ts';
import { parsePitch, pitchName } from '../model/pitch-names.ts';
import { phonemesByNote } from '../phoneme-sync.ts';
import { edit, saved, select, selection } from '../store.ts';
import { addAtCursor } from './roll-keys.ts';

/** Rows beyond this are not shown, to keep the page quick; they are reached on the roll. */
const MOST_ROWS = 500;

/** The same notes as a table: everything the roll does, for keyboards and screen readers. */
export function NoteList() {
  const { notes } = saved.value;
  return (
    <div class="note-list">
      <table>
        <caption class="visually-hidden">Notes of the score</caption>
        <thead>
          <tr>
            <th scope="col">Selected</th><th scope="col">Lyric</th><th scope="col">Pitch</th><th scope="col">Start (s)</th>
            <th scope="col">Length (s)</th><th scope="col">Velocity</th><th scope="col">Phonemes</th>
            <th scope="col"><span class="visually-hidden">Remove</span></th>
          </tr>
        </thead>
        <tbody>{notes.slice(0, MOST_ROWS).map((note, index) => <NoteRow key={note.id} note={note} at={index + 1} />)}</tbody>
      </table>
      {notes.length > MOST_ROWS && <p class="hint">{notes.length - MOST_ROWS} more notes are on the roll.</p>}
      <button type="button" class="button" onClick={addAtCursor}>Add a note</button>
    </div>
  );
}

function NoteRow({ note, at }: { note: Note; at: number }) {
  const change = (patch: Parameters<typeof patchNotes>[2]): void => edit(patchNotes(saved.value, new Set([note.id]), patch));
  const toggle = (): void => {
    const ids = new Set(selection.value);
    if (!ids.delete(note.id)) ids.add(note.id);
    select(ids);
  };
  const number = (label: string, value: number, min: number, max: number, take: (value: number) => void) => (
    <Cell label={`${label} of note ${at}`} value={String(value)} limits={{ type: 'number', step: 'any', min, max }}
      onCommit={({ valueAsNumber }) => { if (valueAsNumber >= min && valueAsNumber <= max) take(valueAsNumber); }} />
  );
  return (
    <tr>
      <td><input type="checkbox" checked={selection.value.has(note.id)} aria-label={`Select note ${at}`} onChange={toggle} /></td>
      <td>
        <Cell label={`Lyric of note ${at}`} value={note.lyric ?? ''} limits={{ maxLength: 64 }} onCommit={({ value }) => setLyric(note.id, value)} />
      </td>
      <td>
        <Cell label={`Pitch of note ${at}`} value={pitchName(note.midi)}
          onCommit={({ value }) => {
            const midi = parsePitch(value);
            if (midi !== undefined) change({ midi });
          }} />
      </td>
      <td>{number('Start', note.startSec, 0, 3600, (startSec) => change({ startSec }))}</td>
      <td>{number('Length', note.durationSec, 0.01, 3600, (durationSec) => change({ durationSec }))}</td>
      <td>{number('Velocity', note.velocity ?? DEFAULT_VELOCITY, 0, 1, (velocity) => change({ velocity }))}</td>
      <td class="mono">{phonemesByNote.value.get(note.id)?.map((phoneme) => phoneme.symbol).join(' ')}</td>
      <td><IconButton icon={Trash2} label={`Remove note ${at}`} onClick={() => edit(deleteNotes(saved.value, new Set([note.id])))} /></td>
    </tr>
  );
}

interface CellProps {
  readonly label: string;
  readonly value: string;
  readonly limits?: { maxLength: number } | { type: 'number'; step: 'any'; min: number; max: number };
  readonly onCommit: (input: HTMLInputElement) => void;
}

/** What is typed stays until it is taken over, also when phonemes come in meanwhile. */
function Cell({ label, value, limits, onCommit }: CellProps) {
  const draft = useDraft(value);
  return (
    <input {...limits} class="input" value={draft.text} aria-label={label} onInput={draft.type} onBlur={draft.done}
      onChange={(event) => {
        onCommit(event.currentTarget);
        draft.done();
      }} />
  );
}
