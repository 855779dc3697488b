import { Copy, LogOut, Plus } from 'lucide';
import { useState } from 'preact/hooks';
import { settings } from '../live/settings.ts';
import { Piano } from '../play/Piano.tsx';
import { usePerformer } from '../play/performer.ts';
import { presets } from '../state/presets.ts';
import { Choice } from '../ui/Choice.tsx';
import { Icon } from '../ui/Icon.tsx';
import { LevelBar } from '../ui/LevelBar.tsx';
import { Chat } from './Chat.tsx';
import { jamKeys, jamPerformer } from './jam-performer.ts';
import type { JamState } from './jam-state.ts';
import { JamTransportBar } from './JamTransport.tsx';
import { latencyClass, People, RED_MS } from './People.tsx';
import { jamSession } from './session.ts';
import { TrackStrip } from './TrackStrip.tsx';

/** Inside a session: who is here, what plays, how it is mixed. */
export function Room({ jam }: { jam: JamState }) {
  usePerformer(jamPerformer);
  const armed = jam.tracks.some((track) => track.inputMode === 'live' && track.trackId === jamSession.armedTrackId.value);
  const spectating = jamSession.spectating.value;
  return (
    <div class="jam-room">
      <RoomHead jam={jam} />
      <div class="jam-band" inert={jamSession.away.value}>
        <JamTransportBar jam={jam} />
        <div class="strips" id="jam-mixer">
          {jam.tracks.map((track) => <TrackStrip key={track.trackId} jam={jam} track={track} />)}
          {!spectating && <AddTrack />}
        </div>
        <div class="jam-foot">
          <div class={`stack jam-keys${armed ? ' playable' : ''}`}>
            <Piano octave={settings.value.octave} velocity={settings.value.velocity} lit={jamKeys.value} disabled={!armed} />
            {spectating ? <p class="hint">You watch: you hear the band and may chat.</p>
              : !armed && <p class="hint">Add a track, or choose “Play this” on one, to play it with the keys.</p>}
          </div>
          <Chat jam={jam} />
        </div>
      </div>
    </div>
  );
}

function RoomHead({ jam }: { jam: JamState }) {
  const [copied, setCopied] = useState(false);
  const copyLink = async (): Promise<void> => {
    await navigator.clipboard.writeText(`${location.origin}/#jam/${jam.sessionId}`);
    setCopied(true);
  };
  return (
    <div class="panel room-head">
      <div class="stack">
        <h2>{jam.name} <code id="jam-id">{jam.sessionId}</code></h2>
        <div class="row">
          <button type="button" class="button" onClick={() => void copyLink().catch(() => setCopied(false))}>
            <Icon node={Copy} />{copied ? 'Link copied' : 'Copy invitation'}
          </button>
          <button type="button" id="jam-leave" class="button" onClick={() => jamSession.leave()}><Icon node={LogOut} />Leave</button>
          {jamSession.away.value && <span class="badge warn" role="status">Reconnecting</span>}
        </div>
        <Listening jam={jam} />
      </div>
      <People jam={jam} />
      <div class="master">
        <span class="field-label">Master</span>
        <LevelBar label="Master level" dbfs={jam.levels?.masterPeakDbfs ?? undefined} />
      </div>
    </div>
  );
}

/** What only this listener hears differently. */
function Listening({ jam }: { jam: JamState }) {
  const rtt = jamSession.latencyMeter.rttMs.value;
  return (
    <div class="stack">
      <div class="row">
        <span class={`badge ${rtt === undefined ? '' : latencyClass(rtt)}`}>round trip {rtt === undefined ? '…' : rtt.toFixed(0)} ms</span>
        <label class="check" title="The click, while the room has its metronome on">
          <input id="jam-hear-click" type="checkbox" checked={jamSession.hearsMetronome.value}
            onChange={(event) => jamSession.send({ type: 'listen_set', metronome: event.currentTarget.checked })} />Click for me
        </label>
        {!jamSession.spectating.value && (
          <label class="check">
            <input id="jam-interval" type="checkbox" checked={jamSession.interval.value}
              onChange={(event) => jamSession.setInterval(event.currentTarget.checked)} />One loop apart
          </label>
        )}
      </div>
      <p class="hint listening-hint">{distanceHint(rtt, jam.transport.intervalSec)}</p>
    </div>
  );
}

/** Always some text, so that nothing moves under the hand once the round trip is known. */
function distanceHint(rttMs: number | undefined, loopSec: number | undefined): string {
  if (jamSession.interval.value) {
    return `You hear the others ${loopSec === undefined ? 'one loop' : `${loopSec.toFixed(1)} s`} later, and they hear you so: on the beat.`;
  }
  if (rttMs === undefined) return 'Measuring how far away the daemon is.';
  return rttMs > RED_MS ? 'Too far away to play in time. “One loop apart” has everybody hear the others one loop later, on the beat.'
    : 'Near enough to play in time with the others.';
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
