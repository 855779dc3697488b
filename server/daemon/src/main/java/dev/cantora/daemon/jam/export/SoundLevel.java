package dev.cantora.daemon.jam.export;

import dev.cantora.engine.PcmSink;
import java.io.IOException;

/** Measures what passes: its length, its peak, and its greatest step from frame to frame. For one thread. */
final class SoundLevel implements PcmSink {

  private final PcmSink next;
  private final int channels;
  private final float[] before;
  private float peak;
  private float maxDelta;
  private long maxDeltaFrame;
  private long frames;

  SoundLevel(PcmSink next, int channels) {
    this.next = next;
    this.channels = channels;
    this.before = new float[channels];
  }

  @Override
  public void accept(float[] interleaved, int count) throws IOException {
    for (int frame = 0, i = 0; frame < count; frame++) {
      for (int channel = 0; channel < channels; channel++, i++) {
        float sample = interleaved[i];
        peak = Math.max(peak, Math.abs(sample));
        float delta = Math.abs(sample - before[channel]);
        if (delta > maxDelta) {
          maxDelta = delta;
          maxDeltaFrame = frames + frame;
        }
        before[channel] = sample;
      }
    }
    frames += count;
    next.accept(interleaved, count);
  }

  float peak() {
    return peak;
  }

  float maxDelta() {
    return maxDelta;
  }

  long maxDeltaFrame() {
    return maxDeltaFrame;
  }

  long frames() {
    return frames;
  }
}
