import { JitterRing } from './jitter-ring.ts';
import { PROCESSOR_NAME, type FromWorklet, type ToWorklet } from './messages.ts';

// Built to /pcm-worklet.js: plays PCM frames of the daemon's sockets on the audio thread.

const DEFAULT_TARGET_SAMPLES = 4800;
const REPORT_EVERY_BLOCKS = 36;

class PcmProcessor extends AudioWorkletProcessor {
  private readonly ring = new JitterRing(DEFAULT_TARGET_SAMPLES, sampleRate, sampleRate);
  private blocks = 0;
  private reportedUnderruns = 0;

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<ToWorklet>) => this.receive(event.data);
  }

  override process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left === undefined) return true;
    this.ring.pull(left, right ?? new Float32Array(left.length));
    this.blocks += 1;
    const { underruns } = this.ring.stats;
    if (underruns !== this.reportedUnderruns || this.blocks % REPORT_EVERY_BLOCKS === 0) {
      this.reportedUnderruns = underruns;
      this.port.postMessage({ type: 'stats', ...this.ring.stats } satisfies FromWorklet);
    }
    return true;
  }

  private receive(message: ToWorklet): void {
    switch (message.type) {
      case 'config':
        this.ring.setSourceRate(message.sourceRateHz);
        this.ring.setTarget(message.targetSamples);
        break;
      case 'frame':
        this.ring.push(message.samples, message.channels);
        break;
      case 'clear':
        this.ring.clear();
        break;
    }
  }
}

registerProcessor(PROCESSOR_NAME, PcmProcessor);
