import { signal } from '@preact/signals';
import { SocketAudio } from '../audio/socket-audio.ts';
import { bankChanged } from '../state/bank-changes.ts';
import { clearErrors, reportError } from '../state/errors.ts';
import { Failure } from '../wire/failure.ts';
import type { PcmFrame } from '../wire/frame.ts';
import { DaemonSocket } from '../wire/socket.ts';
import type { Controller, HelloAck, LiveClientMessage, LiveServerMessage, LyricsStatus, RecordSaved, Telemetry } from '../wire/types.ts';
import { ArrivalJitter } from './arrival-jitter.ts';
import { LatencyMeter } from './latency-meter.ts';
import type { PlayedNote } from '../play/note-desk.ts';
import { latencySamples, settings } from './settings.ts';

export type ConnectionState = 'disconnected' | 'connecting' | 'connected';

const CONNECTING = 'Connecting';
const REPORT_MS = 1000;
const VIBRATO = { rateHz: 5.5, onsetSec: 0.15 };

/** One live session of the cockpit: an instrument whose sound comes from the daemon. */
class LiveSession {
  readonly state = signal<ConnectionState>('disconnected');
  readonly playing = signal(false);
  readonly hello = signal<HelloAck | undefined>(undefined);
  readonly telemetry = signal<Telemetry | undefined>(undefined);
  /** The server's latency figures come once a second, in between they stand. */
  readonly latency = signal<Telemetry['latency']>(undefined);
  readonly lyrics = signal<LyricsStatus | undefined>(undefined);
  readonly syllable = signal('');
  readonly recording = signal(false);
  readonly recordedSec = signal(0);
  readonly savedTake = signal<RecordSaved | undefined>(undefined);
  /** A take that could not be saved and waits for another try. */
  readonly takeKept = signal(false);
  readonly jitterMs = signal(0);
  readonly underruns = signal(0);
  readonly audio = new SocketAudio();
  readonly latencyMeter = new LatencyMeter((clientTimestamp) => this.send({ type: 'ping', clientTimestamp }));

  private socket: DaemonSocket<LiveClientMessage, LiveServerMessage> | undefined;
  private readonly arrivals = new ArrivalJitter();
  private reportTimer: number | undefined;

  async connect(): Promise<void> {
    if (this.state.value !== 'disconnected') return;
    this.state.value = 'connecting';
    try {
      this.audio.setTarget(latencySamples(settings.value.latency));
      await this.audio.start();
    } catch (problem) {
      this.state.value = 'disconnected';
      reportError('Starting live audio', problem);
      return;
    }
    clearErrors('Starting live audio');
    this.arrivals.reset();
    this.socket = new DaemonSocket('/ws', {
      onOpen: () => this.sayHello(),
      onMessage: (message) => this.receive(message),
      onFrame: (frame) => this.takeFrame(frame),
      onClose: (failure) => this.closed(failure),
    });
  }

  disconnect(): void {
    this.socket?.close();
    this.closed(undefined);
  }

  send(message: LiveClientMessage): void {
    this.socket?.send(message);
  }

  noteOn(note: PlayedNote): void {
    const { timbre, breathiness, vibratoCents, portamentoMs } = settings.value;
    this.playing.value = true;
    this.send({
      type: 'note_on',
      ...note,
      // Without a timbre the pad's blend and the words decide; sending one always would make both inaudible.
      ...(timbre === '' ? {} : { timbre }),
      ...(breathiness > 0 ? { breathiness } : {}),
      ...(vibratoCents > 0 ? { vibrato: { ...VIBRATO, depthCents: vibratoCents } } : {}),
      ...(portamentoMs > 0 ? { portamentoMs } : {}),
    });
  }

  noteOff(noteId: string): void {
    this.send({ type: 'note_off', noteId });
  }

  control(controller: Controller, value: number): void {
    if (this.hello.value?.controllers?.includes(controller) === true) this.send({ type: 'control', controller, value });
  }

  transport(command: 'play' | 'stop' | 'panic'): void {
    this.send({ type: 'transport', command });
    if (command === 'stop') this.audio.clear();
  }

  /** Brings the session up to the settings, after they were changed. */
  applySettings(): void {
    const { presetId, timbre, polyphony, limiter, latency } = settings.value;
    this.audio.setTarget(latencySamples(latency));
    if (this.state.value !== 'connected') return;
    if (presetId !== this.hello.value?.presetId) {
      this.send({ type: 'param_update', presetId });
      return;
    }
    this.send({ type: 'param_update', maxPolyphony: polyphony, limiter, ...(timbre === '' ? {} : { defaultTimbre: timbre }) });
  }

  startRecording(): void {
    this.send({ type: 'record_start' });
  }

  stopRecording(): void {
    this.send({ type: 'record_stop' });
  }

  private sayHello(): void {
    const { presetId, polyphony } = settings.value;
    this.send({ type: 'hello', protocolVersion: 1, presetId, maxPolyphony: polyphony, clientName: 'cockpit' });
  }

  private takeFrame(frame: PcmFrame): void {
    this.arrivals.arrive(performance.now());
    this.audio.push(frame);
  }

  private receive(message: LiveServerMessage): void {
    switch (message.type) {
      case 'hello_ack':
        this.greeted(message);
        break;
      case 'transport_ack':
        this.playing.value = message.state === 'playing';
        break;
      case 'note_ack':
        this.sung(message.syllable);
        break;
      case 'telemetry':
        this.telemetry.value = message;
        if (message.latency !== undefined) this.latency.value = message.latency;
        this.jitterMs.value = this.arrivals.deviationMs;
        this.underruns.value = this.audio.underruns;
        if (message.recordingSec !== null) this.recordedSec.value = message.recordingSec;
        break;
      case 'lyrics_status':
        this.lyrics.value = message;
        break;
      case 'record_status':
        this.recording.value = message.recording;
        this.recordedSec.value = message.durationSec;
        break;
      case 'record_saved':
        this.takeKept.value = false;
        this.savedTake.value = message;
        clearErrors('Live session');
        bankChanged();
        break;
      case 'record_discarded':
        this.takeKept.value = false;
        break;
      case 'pong':
        this.latencyMeter.pong(message.clientTimestamp);
        break;
      case 'error':
        if (message.takeKept === true) this.takeKept.value = true;
        reportError('Live session', new Failure(message.code, message.message, { hint: message.hint, issues: message.issues ?? [] }));
        break;
    }
  }

  /** The daemon tells what waits when words come; what keys take from that is counted here. A held syllable has no text. */
  private sung(syllable: string | undefined): void {
    if (syllable !== undefined) this.syllable.value = syllable;
    const { value } = this.lyrics;
    if (value === undefined || value.queued === 0) return;
    const { next: _next, ...status } = value;
    this.lyrics.value = { ...status, queued: value.queued - 1 };
  }

  private greeted(hello: HelloAck): void {
    const first = this.state.value !== 'connected';
    this.hello.value = hello;
    this.state.value = 'connected';
    clearErrors(CONNECTING);
    this.applySettings();
    if (!first) return;
    void this.latencyMeter.measure(3);
    this.reportTimer = window.setInterval(() => this.reportLatency(), REPORT_MS);
  }

  private reportLatency(): void {
    this.latencyMeter.ping();
    this.send({
      type: 'latency_report',
      rttMs: Math.min(60_000, this.latencyMeter.rttMs.value ?? 0),
      bufferMs: Math.min(10_000, this.audio.bufferMs),
      outputMs: Math.min(10_000, this.audio.outputMs),
      underruns: this.audio.underruns,
    });
  }

  private closed(failure: Failure | undefined): void {
    window.clearInterval(this.reportTimer);
    this.socket = undefined;
    this.audio.clear();
    this.state.value = 'disconnected';
    this.playing.value = false;
    this.recording.value = false;
    this.telemetry.value = undefined;
    this.latency.value = undefined;
    this.hello.value = undefined;
    this.lyrics.value = undefined;
    if (failure !== undefined) reportError(CONNECTING, failure);
  }
}

export const live = new LiveSession();
