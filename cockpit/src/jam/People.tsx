import { Crown, Eye, Radio } from 'lucide';
import { Icon } from '../ui/Icon.tsx';
import type { Participant } from '../wire/types.ts';
import type { JamState } from './jam-state.ts';
import { jamSession } from './session.ts';

/** Up to here playing together is easy; from RED_MS on it is not. */
const GREEN_MS = 30;
export const RED_MS = 80;

/** Who is here, how far away, and who may be made host. */
export function People({ jam }: { jam: JamState }) {
  const iAmHost = jamSession.isHost.value;
  return (
    <ul class="people" aria-label="Participants">
      {jam.participants.map((person) => (
        <li key={person.participantId} class={`person${person.connected === false ? ' away' : ''}`}>
          {person.role === 'host' && <Icon node={Crown} />}
          {person.role === 'spectator' && <Icon node={Eye} />}
          <span>{person.displayName}</span>
          <span class="hint">{about(person)}</span>
          {person.latencyMs !== undefined && <span class={`badge ${latencyClass(person.latencyMs)}`}>{person.latencyMs.toFixed(0)} ms</span>}
          {person.interval === true && <span class="tag"><Icon node={Radio} />one loop apart</span>}
          {iAmHost && person.role === 'guest' && person.connected !== false && (
            <button type="button" class="button quiet" aria-label={`Make ${person.displayName} host`}
              onClick={() => jamSession.send({ type: 'session_set_host', participantId: person.participantId })}>Make host</button>
          )}
        </li>
      ))}
    </ul>
  );
}

function about(person: Participant): string {
  return [person.role, person.participantId === jamSession.myId.value ? 'you' : '', person.connected === false ? 'away' : '']
    .filter((word) => word !== '').join(', ');
}

export function latencyClass(rttMs: number): 'ok' | 'warn' | 'bad' {
  return rttMs <= GREEN_MS ? 'ok' : rttMs <= RED_MS ? 'warn' : 'bad';
}
