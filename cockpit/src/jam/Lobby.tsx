import { DoorOpen, Plug, Plus } from 'lucide';
import { useState } from 'preact/hooks';
import { Icon } from '../ui/Icon.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { jamSession } from './session.ts';

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
  return (
    <div class="stack">
      <form class="row" onSubmit={(event) => {
        event.preventDefault();
        jamSession.send({ type: 'session_join', sessionId: sessionId.trim() });
      }}>
        <label class="field grow">
          <span class="field-label">Session</span>
          <input id="jam-session-id" class="input" value={sessionId} maxLength={64} placeholder="1a2b3c4d" spellcheck={false}
            onInput={(event) => setSessionId(event.currentTarget.value)} />
        </label>
        <button type="submit" id="jam-join" class="button end" disabled={!/^[A-Za-z0-9_-]{1,64}$/.test(sessionId.trim())}><Icon node={DoorOpen} />Join</button>
      </form>
      <div class="row">
        <NumberField label="Tempo of a new session" value={bpm} min={20} max={400} onCommit={setBpm} />
        <button type="button" id="jam-create" class="button primary end" onClick={() => jamSession.send({ type: 'session_create', bpm })}>
          <Icon node={Plus} />Create a session
        </button>
      </div>
      <button type="button" class="button quiet" onClick={() => jamSession.disconnect()}>Disconnect</button>
    </div>
  );
}

/** Links of the form `#jam/<session>` bring friends straight to the door. */
function invitedTo(): string {
  return /^#jam\/([A-Za-z0-9_-]{1,64})$/.exec(location.hash)?.[1] ?? '';
}
