import { Piano as PianoIcon, Trash2 } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { presetById, timbresOf } from '../state/presets.ts';
import { reportError } from '../state/errors.ts';
import { scoreOf } from '../score/model/document.ts';
import { saved } from '../score/store.ts';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { LevelBar } from '../ui/LevelBar.tsx';
import { Slider } from '../ui/Slider.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { Failure } from '../wire/failure.ts';
import type { InputMode, Track, TrackUpdate } from '../wire/types.ts';
import { levelOf, type JamState } from './jam-state.ts';
import { jamSession } from './session.ts';

const MODES = [{ value: 'live', label: 'Played live' }, { value: 'score', label: 'Sings a score' }, { value: 'agent', label: 'Agent' }] as const satisfies
  readonly { value: InputMode; label: string }[];

/** One track in the mixer. Its owner and the host may change it. */
export function TrackStrip({ jam, track }: { jam: JamState; track: Track }) {
  const mayChange = jamSession.isHost.value || track.ownerId === jamSession.myId.value;
  const armed = track.inputMode === 'live' && jamSession.armedTrackId.value === track.trackId;
  const owner = jam.participants.find((p) => p.participantId === track.ownerId)?.displayName ?? 'gone';
  const score = jam.scores.get(track.trackId);
  const change = (patch: Omit<Partial<TrackUpdate>, 'type' | 'trackId'>): void =>
    jamSession.send({ type: 'track_update', trackId: track.trackId, ...patch });
  return (
    <article class={`strip panel${armed ? ' armed' : ''}`} data-track={track.trackId} aria-label={`Track ${track.name}`}>
      <TrackName track={track} mayChange={mayChange} onRename={(name) => change({ name })} />
      <p class="hint">{presetById(track.presetId)?.name ?? track.presetId} · {owner}</p>
      <LevelBar label={`Level of ${track.name}`} dbfs={levelOf(jam, track.trackId)} />
      <fieldset class="stack" disabled={!mayChange}>
        <legend class="visually-hidden">Mix of {track.name}</legend>
        <WireSlider label="Gain" value={track.gain} min={0} max={2} format={(value) => value.toFixed(2)} onSend={(gain) => change({ gain })} disabled={!mayChange} />
        <WireSlider label="Pan" value={track.pan} min={-1} max={1} format={panText} onSend={(pan) => change({ pan })} disabled={!mayChange} />
        <div class="button-group">
          <button type="button" class="button grow" aria-pressed={track.mute} onClick={() => change({ mute: !track.mute })}>Mute</button>
          <button type="button" class="button grow" aria-pressed={track.solo} onClick={() => change({ solo: !track.solo })}>Solo</button>
        </div>
        <Choice label="Input" value={track.inputMode} options={MODES} onChange={(inputMode) => change({ inputMode })} disabled={!mayChange} />
        <Choice label="Timbre" value={track.defaultTimbre} onChange={(defaultTimbre) => change({ defaultTimbre })} disabled={!mayChange}
          options={timbreOptions(track)} />
        <WireSlider label="Polyphony" value={track.polyphonyLimit} min={1} max={Math.max(16, track.polyphonyLimit)} step={1} format={String} onSend={(polyphonyLimit) => change({ polyphonyLimit })} disabled={!mayChange} />
        <button type="button" class="button" title="Sings the score of the Score tab" onClick={() => sendScore(track.trackId)}>
          {score === undefined ? 'Sing my score' : `Score: ${score.noteCount} notes`}
        </button>
      </fieldset>
      <div class="row">
        <button type="button" class="button grow" aria-pressed={armed} disabled={track.inputMode !== 'live' || jamSession.spectating.value}
          onClick={() => { jamSession.armedTrackId.value = armed ? undefined : track.trackId; }}>
          <Icon node={PianoIcon} />{armed ? 'My keys play this' : 'Play this'}
        </button>
        <IconButton icon={Trash2} label={`Remove ${track.name}`} disabled={!mayChange} onClick={() => jamSession.send({ type: 'track_remove', trackId: track.trackId })} />
      </div>
    </article>
  );
}

function TrackName({ track, mayChange, onRename }: { track: Track; mayChange: boolean; onRename: (name: string) => void }) {
  const draft = useDraft(track.name);
  if (!mayChange) return <h3>{track.name}</h3>;
  return (
    <input class="title-input strip-name" aria-label={`Name of track ${track.name}`} maxLength={120} value={draft.text}
      onInput={draft.type} onBlur={draft.done}
      onChange={(event) => {
        const name = event.currentTarget.value.trim();
        if (name !== '') onRename(name);
        draft.done();
      }} />
  );
}

interface WireSliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly format: (value: number) => string;
  readonly disabled: boolean;
  readonly onSend: (value: number) => void;
}

/** A slider that moves with the hand and follows the others' changes once the hand has let go. */
function WireSlider({ label, value, min, max, step = 0.01, format, disabled, onSend }: WireSliderProps) {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  return (
    <Slider label={label} value={shown} min={min} max={max} step={step} format={format} disabled={disabled}
      onInput={(next) => {
        setShown(next);
        onSend(next);
      }} />
  );
}

function sendScore(trackId: string): void {
  const score = scoreOf(saved.value);
  if (score.notes.length === 0) {
    reportError('Score track', new Failure('EMPTY_SCORE', 'The Score tab has no notes yet.', { hint: 'Write or import a score there first.' }));
    return;
  }
  jamSession.send({ type: 'track_set_score', trackId, score });
}

function timbreOptions(track: Track): { value: string; label: string }[] {
  const names = timbresOf(track.presetId);
  const all = names.includes(track.defaultTimbre) ? names : [track.defaultTimbre, ...names];
  return all.map((name) => ({ value: name, label: name === '' ? 'Default' : name }));
}

function panText(pan: number): string {
  return Math.abs(pan) < 0.005 ? 'centre' : `${Math.round(Math.abs(pan) * 100)} ${pan < 0 ? 'L' : 'R'}`;
}
