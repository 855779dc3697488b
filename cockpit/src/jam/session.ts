import { computed, effect, signal } from '@preact/signals';
import { SocketAudio } from '../audio/socket-audio.ts';
import { LatencyMeter } from '../live/latency-meter.ts';
import { latencySamples, settings } from '../live/settings.ts';
import { bankChanged } from '../state/bank-changes.ts';
import { clearErrors, reportError } from '../state/errors.ts';
import { readStored, writeStored } from '../state/storage.ts';
import { Failure } from '../wire/failure.ts';
import { DaemonSocket } from '../wire/socket.ts';
import type { JamClientMessage, JamServerMessage } from '../wire/types.ts';
import { afterMessage, jamOf, type JamState } from './jam-state.ts';

export type JamConnection = 'disconnected' | 'connecting' | 'lobby' | 'joined' | 'reconnecting';

const NAME_KEY = 'cantora.displayName';
/** Of this tab: proves who we were when a connection, the page or the daemon comes back. */
const TOKEN_KEY = 'cantora.jamToken';
const JAM = 'Jam session';
const PING_MS = 2000;
const MOST_RETRIES = 6;
const FIRST_RETRY_MS = 500;
/** Round trips that differ by less are not worth telling the others. */
const LATENCY_STEP_MS = 5;

/** One seat in a jam. After a lost connection it comes back into the same session by itself. */
class JamSession {
  readonly connection = signal<JamConnection>('disconnected');
  readonly jam = signal<JamState | undefined>(undefined);
  readonly myId = signal('');
  readonly displayName = signal(readStored(NAME_KEY) ?? '');
  /** The track that the keys play. */
  readonly armedTrackId = signal<string | undefined>(undefined);
  readonly exporting = signal(false);
  readonly audio = new SocketAudio();
  readonly latencyMeter = new LatencyMeter((clientTimestamp) => this.send({ type: 'jam_ping', clientTimestamp }));
  /** Whether we play one loop apart from the others. */
  readonly interval = signal(false);
  readonly hearsMetronome = signal(true);
  readonly me = computed(() => this.jam.value?.participants.find((person) => person.participantId === this.myId.value));
  readonly spectating = computed(() => this.me.value?.role === 'spectator');
  /** In a room, but the line is cut: what were sent now would be lost. */
  readonly away = computed(() => this.jam.value !== undefined && this.connection.value !== 'joined');
  readonly isHost = computed(() => this.jam.value !== undefined && this.jam.value.hostId === this.myId.value);

  private socket: DaemonSocket<JamClientMessage, JamServerMessage> | undefined;
  private pingTimer: number | undefined;
  private retries = 0;
  private retryTimer: number | undefined;
  private reportedRttMs = 0;

  constructor() {
    effect(() => {
      const rttMs = this.latencyMeter.rttMs.value;
      if (rttMs !== undefined && this.jam.value !== undefined && Math.abs(rttMs - this.reportedRttMs) >= LATENCY_STEP_MS) {
        this.reportedRttMs = rttMs;
        this.send({ type: 'latency_report', rttMs: Math.min(60_000, rttMs) });
      }
    });
  }

  /** Connects and waits in the lobby. */
  async connect(): Promise<void> {
    if (this.connection.value !== 'disconnected') return;
    this.connection.value = 'connecting';
    writeStored(NAME_KEY, this.displayName.value === '' ? null : this.displayName.value);
    try {
      this.audio.setTarget(latencySamples(settings.value.latency));
      await this.audio.start();
      clearErrors('Starting audio');
    } catch (problem) {
      this.connection.value = 'disconnected';
      reportError('Starting audio', problem);
      return;
    }
    this.open();
  }

  disconnect(): void {
    window.clearTimeout(this.retryTimer);
    this.socket?.close();
    this.end();
  }

  send(message: JamClientMessage): void {
    this.socket?.send(message);
  }

  /** Leaves the room; with the line cut that ends the attempts to come back. */
  leave(): void {
    if (this.away.value) this.disconnect();
    else this.send({ type: 'session_leave' });
  }

  join(sessionId: string, role: 'member' | 'spectator'): void {
    this.send(role === 'member' ? { type: 'session_join', sessionId } : { type: 'session_join', sessionId, role });
  }

  say(text: string): void {
    this.send({ type: 'chat', text });
  }

  setInterval(interval: boolean): void {
    this.send({ type: 'listen_set', interval });
  }

  export(name: string, stems: boolean): void {
    this.exporting.value = true;
    this.send({ type: 'record_export', ...(name === '' ? {} : { name }), ...(stems ? { stems } : {}) });
  }

  cancelExport(): void {
    this.send({ type: 'export_cancel' });
  }

  private open(): void {
    this.socket = new DaemonSocket('/ws/jam', {
      onOpen: () => {
        const displayName = this.displayName.value.trim();
        const resumeToken = tokenOfTab();
        this.send({
          type: 'jam_hello', protocolVersion: 1,
          ...(displayName === '' ? {} : { displayName }), ...(resumeToken === null ? {} : { resumeToken }),
        });
      },
      onMessage: (message) => this.receive(message),
      onFrame: (frame) => this.audio.push(frame),
      onClose: (failure) => this.closed(failure),
    });
  }

  private receive(message: JamServerMessage): void {
    switch (message.type) {
      case 'jam_hello_ack':
        keepToken(message.resumeToken ?? null);
        this.welcomed(message.participantId, message.resumed ?? false);
        break;
      case 'session_created':
        this.enter(jamOf(message.snapshot));
        break;
      case 'session_joined':
        this.myId.value = message.yourParticipantId;
        this.enter(jamOf(message.snapshot));
        break;
      case 'session_left':
        this.backInLobby();
        break;
      case 'jam_pong':
        this.latencyMeter.pong(message.clientTimestamp);
        break;
      case 'jam_error':
        this.exporting.value = false;
        this.forgetExport();
        // the line is back, but the room that we were in is gone or full
        if (this.connection.value === 'lobby') this.backInLobby();
        reportError(JAM, new Failure(message.code, message.message, { hint: message.hint, issues: message.issues ?? [] }));
        break;
      default:
        this.update(message);
    }
  }

  private update(message: JamServerMessage): void {
    const before = this.jam.value;
    if (before === undefined) return;
    if (message.type === 'listen_ack') {
      this.interval.value = message.interval ?? false;
      this.hearsMetronome.value = message.metronome;
    }
    this.jam.value = afterMessage(before, message);
    if (message.type === 'track_added' && message.track.ownerId === this.myId.value) this.armedTrackId.value ??= message.track.trackId;
    if (message.type === 'track_removed' && this.armedTrackId.value === message.trackId) this.armedTrackId.value = undefined;
    if (message.type === 'transport_ack' && !message.transport.playing) this.audio.clear();
    if (message.type === 'record_exported') {
      this.exporting.value = false;
      bankChanged();
    }
  }

  private backInLobby(): void {
    this.jam.value = undefined;
    this.connection.value = 'lobby';
    this.audio.clear();
  }

  private forgetExport(): void {
    if (this.jam.value?.exportFraction !== undefined) this.jam.value = { ...this.jam.value, exportFraction: undefined };
  }

  private welcomed(participantId: string, resumed: boolean): void {
    const back = this.connection.value === 'reconnecting' ? this.jam.value?.sessionId : undefined;
    this.myId.value = participantId;
    this.retries = 0;
    this.connection.value = 'lobby';
    clearErrors('Connecting to the jam');
    window.clearInterval(this.pingTimer);
    this.pingTimer = window.setInterval(() => this.latencyMeter.ping(), PING_MS);
    // with a resumed identity session_joined follows by itself
    if (back !== undefined && !resumed) this.send({ type: 'session_join', sessionId: back });
  }

  private enter(jam: JamState): void {
    this.jam.value = jam;
    this.connection.value = 'joined';
    this.reportedRttMs = 0;
    this.interval.value = this.me.value?.interval ?? false;
    this.latencyMeter.forget();
    void this.latencyMeter.measure(3);
    clearErrors(JAM);
    const mine = jam.tracks.find((track) => track.ownerId === this.myId.value && track.inputMode === 'live');
    this.armedTrackId.value = mine?.trackId;
  }

  private closed(failure: Failure | undefined): void {
    window.clearInterval(this.pingTimer);
    this.socket = undefined;
    this.audio.clear();
    const lost = failure?.code === 'CONNECTION_LOST' || failure?.code === 'CONNECTION_FAILED' || failure?.code === 'SERVER_SHUTDOWN';
    if (lost && this.jam.value !== undefined && this.retries < MOST_RETRIES) {
      this.connection.value = 'reconnecting';
      this.retryTimer = window.setTimeout(() => this.open(), FIRST_RETRY_MS * 2 ** this.retries);
      this.retries += 1;
      return;
    }
    this.end();
    if (failure !== undefined) reportError('Connecting to the jam', failure);
  }

  private end(): void {
    window.clearInterval(this.pingTimer);
    this.socket = undefined;
    this.retries = 0;
    this.audio.clear();
    this.jam.value = undefined;
    this.exporting.value = false;
    this.armedTrackId.value = undefined;
    this.connection.value = 'disconnected';
  }
}

function tokenOfTab(): string | null {
  try {
    return sessionStorage.getItem(TOKEN_KEY);
  } catch {
    return null;
  }
}

function keepToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(TOKEN_KEY);
    else sessionStorage.setItem(TOKEN_KEY, token);
  } catch {
    // a private window comes back as somebody new
  }
}

export const jamSession = new JamSession();
