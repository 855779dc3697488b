import { Copy, Crown, LogOut, Plus } from 'lucide';
import { useState } from 'preact/hooks';
import { settings } from '../live/settings.ts';
import { Piano } from '../play/Piano.tsx';
import { usePerformer } from '../play/performer.ts';
import { presets } from '../state/presets.ts';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LevelBar } from '../ui/LevelBar.tsx';
import { jamKeys, jamPerformer } from './jam-performer.ts';
import type { JamState } from './jam-state.ts';
import { JamTransportBar } from './JamTransport.tsx';
import { jamSession } from './session.ts';
import { TrackStrip } from './TrackStrip.tsx';

/** Inside a session: who is here, what plays, how it is mixed. */
export function Room({ jam }: { jam: JamState }) {
  usePerformer(jamPerformer);
  const armed = jamSession.armedTrackId.value !== undefined;
  return (
    <div class="jam-room">
      <RoomHead jam={jam} />
      <JamTransportBar jam={jam} />
      <div class="strips" id="jam-mixer">
        {jam.tracks.map((track) => <TrackStrip key={track.trackId} jam={jam} track={track} />)}
        <AddTrack />
      </div>
      <Piano octave={settings.value.octave} velocity={settings.value.velocity} lit={jamKeys.value} disabled={!armed} />
      {!armed && <p class="hint">Add a track, or choose “Play this” on one, to play it with the keys.</p>}
    </div>
  );
}

function RoomHead({ jam }: { jam: JamState }) {
  const [copied, setCopied] = useState(false);
  const rtt = jamSession.latencyMeter.rttMs.value;
  const copyLink = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${location.origin}/#jam/${jam.sessionId}`);
    setCopied(true);
  };
  return (
    <div class="panel room-head">
      <div class="stack">
        <h2>Session <code id="jam-id">{jam.sessionId}</code></h2>
        <div class="row">
          <button type="button" class="button" onClick={() => void copyLink().catch(() => setCopied(false))}>
            <Icon node={Copy} />{copied ? 'Link copied' : 'Copy invitation'}
          </button>
          <button type="button" id="jam-leave" class="button" onClick={() => jamSession.leave()}><Icon node={LogOut} />Leave</button>
          {jamSession.connection.value === 'reconnecting' && <span class="badge warn" role="status">Reconnecting</span>}
          {rtt !== undefined && <span class="hint">round trip {rtt.toFixed(0)} ms</span>}
        </div>
      </div>
      <ul class="people" aria-label="Participants">
        {jam.participants.map((person) => (
          <li key={person.participantId} class="person">
            {person.role === 'host' && <Icon node={Crown} />}
            <span>{person.displayName}</span>
            <span class="hint">{person.role}{person.participantId === jamSession.myId.value ? ', you' : ''}</span>
          </li>
        ))}
      </ul>
      <div class="master">
        <span class="field-label">Master</span>
        <LevelBar label="Master level" dbfs={jam.levels?.masterPeakDbfs ?? undefined} />
      </div>
    </div>
  );
}

function AddTrack() {
  const voices = (presets.value ?? []).map((preset) => ({ value: preset.id, label: preset.name }));
  const [presetId, setPresetId] = useState(settings.value.presetId);
  const chosen = voices.some(({ value }) => value === presetId) ? presetId : voices[0]?.value ?? presetId;
  return (
    <div class="strip panel stack">
      <h3>New track</h3>
      <Choice label="Voice" value={chosen} options={voices} onChange={setPresetId} />
      <button type="button" id="jam-add-track" class="button" disabled={voices.length === 0} onClick={() => jamSession.send({ type: 'track_add', presetId: chosen })}>
        <Icon node={Plus} />Add track
      </button>
    </div>
  );
}
