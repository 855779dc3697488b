import { signal } from '@preact/signals';
import { Failure } from '../wire/failure.ts';
import type { PcmFrame } from '../wire/frame.ts';
import type { RingStats } from '../worklet/jitter-ring.ts';
import { PROCESSOR_NAME, type FromWorklet, type ToWorklet } from '../worklet/messages.ts';

/** The sockets' usual rate; contexts that refuse it get their audio resampled in the worklet. */
const WANTED_RATE_HZ = 48_000;
const WORKLET_URL = '/pcm-worklet.js';
const IDLE: RingStats = { fillSamples: 0, targetSamples: 0, underruns: 0, droppedSamples: 0, playing: false };

/** Plays the audio frames of a live or jam socket through the jitter buffer on the audio thread. */
export class SocketAudio {
  readonly stats = signal<RingStats>(IDLE);
  private context: AudioContext | undefined;
  private node: AudioWorkletNode | undefined;
  private analyserNode: AnalyserNode | undefined;
  private sourceRateHz = WANTED_RATE_HZ;
  private targetSamples = 4800;
  private underrunsBefore = 0;

  get analyser(): AnalyserNode | undefined {
    return this.analyserNode;
  }

  get audioContext(): AudioContext | undefined {
    return this.context;
  }

  /** Underruns since `start`. */
  get underruns(): number {
    return this.stats.value.underruns - this.underrunsBefore;
  }

  /** Audio that waits in the ring, in ms. */
  get bufferMs(): number {
    return (this.stats.value.fillSamples / this.sourceRateHz) * 1000;
  }

  /** Delay of the device, as far as the browser knows it, in ms. */
  get outputMs(): number {
    const { context } = this;
    return context === undefined ? 0 : (context.outputLatency || context.baseLatency || 0) * 1000;
  }

  /** Has to be called from a gesture of the user the first time. */
  async start(): Promise<void> {
    if (this.node === undefined) await this.open();
    await this.context?.resume();
    this.underrunsBefore = this.stats.value.underruns;
    this.send({ type: 'clear' });
  }

  push(frame: PcmFrame): void {
    if (frame.sampleRateHz !== this.sourceRateHz) {
      this.sourceRateHz = frame.sampleRateHz;
      this.configure();
    }
    this.send({ type: 'frame', samples: frame.samples, channels: frame.channels }, [frame.samples.buffer]);
  }

  /** Forgets what waits to be played. */
  clear(): void {
    this.send({ type: 'clear' });
  }

  setTarget(samples: number): void {
    this.targetSamples = samples;
    this.configure();
  }

  private async open(): Promise<void> {
    const context = makeContext();
    if (!('audioWorklet' in context)) {
      throw new Failure('AUDIO_WORKLET_UNAVAILABLE', 'This page may not play live audio.', {
        hint: 'Browsers allow AudioWorklet only over https or on localhost.',
      });
    }
    try {
      await context.audioWorklet.addModule(WORKLET_URL);
    } catch {
      await context.close();
      throw new Failure('WORKLET_MISSING', `pcm-worklet.js could not be loaded from ${WORKLET_URL}.`, {
        hint: 'Build the cockpit again (npm run build) and check that dist/pcm-worklet.js exists and is served.',
      });
    }
    const node = new AudioWorkletNode(context, PROCESSOR_NAME, { numberOfInputs: 0, outputChannelCount: [2] });
    node.port.onmessage = (event: MessageEvent<FromWorklet>) => { this.stats.value = event.data; };
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    node.connect(analyser).connect(context.destination);
    [this.context, this.node, this.analyserNode] = [context, node, analyser];
    this.configure();
  }

  private configure(): void {
    this.send({ type: 'config', sourceRateHz: this.sourceRateHz, targetSamples: this.targetSamples });
  }

  private send(message: ToWorklet, transfer: Transferable[] = []): void {
    this.node?.port.postMessage(message, transfer);
  }
}

function makeContext(): AudioContext {
  try {
    return new AudioContext({ sampleRate: WANTED_RATE_HZ, latencyHint: 'interactive' });
  } catch {
    return new AudioContext({ latencyHint: 'interactive' });
  }
}
