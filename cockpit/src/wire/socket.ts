import { keyPanelOpen, unauthorized } from '../state/auth.ts';
import { Failure } from './failure.ts';
import { parseFrame, type PcmFrame } from './frame.ts';
import { socketUrl } from './http.ts';

export interface SocketHandlers<S> {
  readonly onOpen: () => void;
  readonly onMessage: (message: S) => void;
  readonly onFrame: (frame: PcmFrame) => void;
  /** The reason when the close was not asked for. */
  readonly onClose: (failure: Failure | undefined) => void;
}

/** A typed socket to the daemon: JSON both ways, audio frames from it. */
export class DaemonSocket<C, S> {
  private readonly socket: WebSocket;
  private opened = false;
  private closing = false;

  constructor(path: string, private readonly handlers: SocketHandlers<S>) {
    this.socket = new WebSocket(socketUrl(path));
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => {
      this.opened = true;
      handlers.onOpen();
    };
    this.socket.onmessage = (event: MessageEvent<unknown>) => this.receive(event.data);
    this.socket.onclose = (event) => handlers.onClose(this.closing ? undefined : closeFailure(event, this.opened));
  }

  send(message: C): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  close(): void {
    this.closing = true;
    this.socket.close(1000);
  }

  private receive(data: unknown): void {
    if (data instanceof ArrayBuffer) {
      const frame = parseFrame(data);
      if (frame !== undefined) this.handlers.onFrame(frame);
    } else if (typeof data === 'string') {
      this.handlers.onMessage(JSON.parse(data) as S);
    }
  }
}

/** What a close code means, in words that say what to do. */
function closeFailure(event: CloseEvent, opened: boolean): Failure {
  switch (event.code) {
    case 4001:
      if (event.reason.toLowerCase().includes('unauthor')) {
        unauthorized.value = true;
        keyPanelOpen.value = true;
        return new Failure('UNAUTHORIZED', 'The server rejected your key (close 4001).', {
          hint: 'Save a valid key in the API Key panel; it is sent as ?token= by itself.',
        });
      }
      return new Failure('PROTOCOL_MISMATCH', `The server closed the connection (4001): ${event.reason}`, {
        hint: 'Reload the page to get the cockpit that fits the daemon.',
      });
    case 4002:
      return new Failure('SERVER_FULL', `${event.reason === '' ? 'Server full' : event.reason} (close 4002)`, {
        hint: 'Wait for another session to end, or raise MAX_LIVE_SESSIONS on the daemon.',
      });
    case 4003:
      return new Failure('SESSION_ENDED', 'The server ended this session (close 4003).', { hint: 'Join or create another one.' });
    case 1001:
      return new Failure('SERVER_SHUTDOWN', 'The daemon is shutting down (close 1001).', { hint: 'Connect again once it is back.' });
    case 1008:
      if (event.reason.includes('another connection')) {
        return new Failure('RESUMED_ELSEWHERE', 'Another window of yours goes on in this session (close 1008).', { hint: 'Go on there, or connect again to take it back.' });
      }
      return new Failure('HEARTBEAT_MISSED', 'The connection did not answer in time (close 1008).', { hint: 'Check the network and connect again.' });
    case 1009:
      return new Failure('MESSAGE_TOO_LARGE', 'A message was too large for the daemon (close 1009).', { hint: 'Use a smaller score.' });
    default:
      return opened
        ? new Failure('CONNECTION_LOST', `The connection was lost (close ${event.code}).`, { hint: 'Check the daemon and the network.' })
        : new Failure('CONNECTION_FAILED', 'The socket could not be opened.', { hint: 'Check that the daemon runs and that a proxy lets WebSockets through.' });
  }
}
