import { DoorOpen, Eye, Plug, Plus } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../ui/Icon.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { listJams } from '../wire/daemon.ts';
import type { JamCard } from '../wire/types.ts';
import { jamSession } from './session.ts';

const POLL_MS = 3000;

/** The way in: a name, then a new session or somebody else's. */
export function Lobby() {
  const connection = jamSession.connection.value;
  return (
    <div class="lobby">
      <div class="panel stack">
        <h2>Sing together</h2>
        <p class="hint">Everybody in a session hears the same mix. One player hosts it and runs the transport.</p>
        {connection === 'lobby' ? <Rooms /> : <Entrance busy={connection === 'connecting'} />}
      </div>
    </div>
  );
}

function Entrance({ busy }: { busy: boolean }) {
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); void jamSession.connect(); }}>
      <label class="field">
        <span class="field-label">Your name</span>
        <input id="jam-name" class="input" maxLength={64} value={jamSession.displayName.value} placeholder="Player"
          onInput={(event) => { jamSession.displayName.value = event.currentTarget.value; }} />
      </label>
      <button type="submit" id="jam-connect" class="button primary" disabled={busy}><Icon node={Plug} />{busy ? 'Connecting' : 'Connect'}</button>
    </form>
  );
}

function Rooms() {
  const [sessionId, setSessionId] = useState(invitedTo());
  const [bpm, setBpm] = useState(120);
  const [name, setName] = useState('');
  const [listed, setListed] = useState(true);
  return (
    <div class="stack">
      <OpenRooms />
      <form class="row" onSubmit={(event) => {
        event.preventDefault();
        jamSession.join(sessionId.trim(), 'member');
      }}>
        <label class="field grow">
          <span class="field-label">Session</span>
          <input id="jam-session-id" class="input" value={sessionId} maxLength={64} placeholder="1a2b3c4d" spellcheck={false}
            onInput={(event) => setSessionId(event.currentTarget.value)} />
        </label>
        <button type="submit" id="jam-join" class="button end" disabled={!/^[A-Za-z0-9_-]{1,64}$/.test(sessionId.trim())}><Icon node={DoorOpen} />Join</button>
      </form>
      <form class="stack" onSubmit={(event) => {
        event.preventDefault();
        jamSession.send({ type: 'session_create', bpm, listed, ...(name.trim() === '' ? {} : { name: name.trim() }) });
      }}>
        <div class="row">
          <label class="field grow">
            <span class="field-label">Name of a new session</span>
            <input id="jam-room-name" class="input" value={name} maxLength={120} placeholder="Cellar" onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <NumberField label="Tempo" value={bpm} min={20} max={400} onCommit={setBpm} />
        </div>
        <div class="row">
          <label class="check grow">
            <input type="checkbox" checked={listed} onChange={(event) => setListed(event.currentTarget.checked)} />Show it in the list
          </label>
          <button type="submit" id="jam-create" class="button primary"><Icon node={Plus} />Create a session</button>
        </div>
      </form>
      <button type="button" class="button quiet" onClick={() => jamSession.disconnect()}>Disconnect</button>
    </div>
  );
}

/** Rooms that want to be found, asked for every few seconds. */
function OpenRooms() {
  const [rooms, setRooms] = useState<readonly JamCard[]>([]);
  useEffect(() => {
    const ended = new AbortController();
    const ask = (): void => {
      listJams(ended.signal).then(({ jams }) => setRooms(jams), () => undefined);
    };
    ask();
    const timer = window.setInterval(ask, POLL_MS);
    return () => {
      ended.abort();
      window.clearInterval(timer);
    };
  }, []);
  if (rooms.length === 0) return <p class="hint" id="jam-rooms">No open session now. Create one, or join by its id.</p>;
  return (
    <ul class="rooms" id="jam-rooms" aria-label="Open sessions">
      {rooms.map((room) => (
        <li key={room.sessionId} class="room">
          <div class="grow">
            <strong>{room.name}</strong>
            <p class="hint">{roomText(room)}</p>
          </div>
          <button type="button" class="button" disabled={room.participants >= room.maxParticipants}
            onClick={() => jamSession.join(room.sessionId, 'member')} aria-label={`Join ${room.name}`}><Icon node={DoorOpen} />Join</button>
          <button type="button" class="button quiet" disabled={room.dormant}
            onClick={() => jamSession.join(room.sessionId, 'spectator')} aria-label={`Watch ${room.name}`}><Icon node={Eye} />Watch</button>
        </li>
      ))}
    </ul>
  );
}

function roomText(room: JamCard): string {
  if (room.dormant) return `asleep since the daemon restarted · ${count(room.tracks, 'track')} · join to wake it`;
  const playing = room.playing ? `playing at ${Math.round(room.bpm)}` : `${Math.round(room.bpm)} BPM`;
  return `${room.participants} of ${count(room.maxParticipants, 'player')} · ${count(room.tracks, 'track')} · ${playing}${room.recording ? ' · recording' : ''}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Links of the form `#jam/<session>` bring friends straight to the door. */
function invitedTo(): string {
  return /^#jam\/([A-Za-z0-9_-]{1,64})$/.exec(location.hash)?.[1] ?? '';
}
