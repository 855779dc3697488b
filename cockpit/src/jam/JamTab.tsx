import '../styles/live.css';
import '../styles/jam.css';
import { Lobby } from './Lobby.tsx';
import { Room } from './Room.tsx';
import { jamSession } from './session.ts';

/** A band in one room. */
export function JamTab() {
  const jam = jamSession.jam.value;
  return jam === undefined ? <Lobby /> : <Room jam={jam} />;
}
