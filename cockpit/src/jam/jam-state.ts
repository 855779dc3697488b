import type {
  ChatMessage, JamServerMessage, JamTelemetry, JamTransport, Participant, QuantizeGrid, RecordExported, Snapshot, Track, TransportTick,
} from '../wire/types.ts';

const MOST_CHAT = 200;

/** What this client knows of the jam it is in. */
export interface JamState {
  readonly sessionId: string;
  readonly name: string;
  readonly hostId: string;
  readonly transport: JamTransport;
  readonly tracks: readonly Track[];
  readonly participants: readonly Participant[];
  readonly position: Pick<TransportTick, 'currentSec' | 'currentBeat' | 'currentMeasure'>;
  readonly levels: JamTelemetry | undefined;
  readonly grid: QuantizeGrid;
  readonly metronome: boolean;
  readonly recording: boolean;
  readonly recordedSec: number;
  readonly recordedEvents: number;
  readonly exported: RecordExported | undefined;
  /** Share of the running export that is done; undefined while none runs. */
  readonly exportFraction: number | undefined;
  /** The latest messages, the oldest first. */
  readonly chat: readonly ChatMessage[];
  /** Facts about the scores of tracks, by track id. */
  readonly scores: ReadonlyMap<string, { readonly noteCount: number; readonly durationSec: number }>;
}

export function jamOf(snapshot: Snapshot): JamState {
  return {
    sessionId: snapshot.sessionId,
    name: snapshot.name ?? `Jam ${snapshot.sessionId}`,
    hostId: snapshot.hostId,
    transport: snapshot.transport,
    tracks: snapshot.tracks,
    participants: snapshot.participants,
    position: { currentSec: snapshot.transport.currentSample / snapshot.sampleRateHz, currentBeat: 0, currentMeasure: 0 },
    levels: undefined,
    grid: snapshot.quantizeGrid ?? 'none',
    metronome: snapshot.metronomeEnabled ?? false,
    recording: snapshot.recording ?? false,
    recordedSec: 0,
    recordedEvents: 0,
    exported: undefined,
    exportFraction: undefined,
    chat: [],
    scores: new Map(),
  };
}

/** The jam after a message; the same one when the message does not concern it. */
export function afterMessage(jam: JamState, message: JamServerMessage): JamState {
  switch (message.type) {
    case 'participant_joined':
      return {
        ...jam,
        participants: [...jam.participants.filter((p) => p.participantId !== message.participant.participantId), message.participant],
      };
    case 'participant_left':
      return { ...jam, participants: jam.participants.filter((p) => p.participantId !== message.participantId) };
    case 'transport_ack':
      return { ...jam, transport: message.transport };
    case 'transport_tick':
      return {
        ...jam,
        position: message,
        transport: jam.transport.playing === message.playing ? jam.transport : { ...jam.transport, playing: message.playing },
      };
    case 'track_added':
    case 'track_updated':
      return { ...jam, tracks: withTrack(jam.tracks, message.track) };
    case 'track_removed':
      return { ...jam, tracks: jam.tracks.filter((track) => track.trackId !== message.trackId) };
    case 'score_status':
      return { ...jam, scores: new Map(jam.scores).set(message.trackId, message) };
    case 'quantize_ack':
      return { ...jam, grid: message.grid };
    case 'metronome_ack':
      return { ...jam, metronome: message.enabled };
    case 'record_status':
      return { ...jam, recording: message.recording, recordedSec: message.durationSec, recordedEvents: message.eventCount };
    case 'record_exported':
      return { ...jam, exported: message, exportFraction: undefined };
    case 'export_progress':
      return { ...jam, exportFraction: message.fraction };
    case 'chat_message':
      return { ...jam, chat: [...jam.chat, message].slice(-MOST_CHAT) };
    case 'host_changed':
      return {
        ...jam,
        hostId: message.hostId,
        participants: jam.participants.map((person) => (person.role === 'spectator' ? person
          : { ...person, role: person.participantId === message.hostId ? 'host' : 'guest' })),
      };
    case 'participant_updated':
      return {
        ...jam,
        participants: jam.participants.map((person) => (person.participantId === message.participant.participantId ? message.participant : person)),
      };
    case 'jam_telemetry':
      return { ...jam, levels: message };
    default:
      return jam;
  }
}

export function levelOf(jam: JamState, trackId: string): number | undefined {
  return jam.levels?.tracks.find((level) => level.trackId === trackId)?.peakDbfs ?? undefined;
}

/** Known tracks keep their place. */
function withTrack(tracks: readonly Track[], track: Track): Track[] {
  const known = tracks.some((other) => other.trackId === track.trackId);
  return known ? tracks.map((other) => (other.trackId === track.trackId ? track : other)) : [...tracks, track];
}
