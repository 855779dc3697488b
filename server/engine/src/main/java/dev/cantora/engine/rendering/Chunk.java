package dev.cantora.engine.rendering;

import dev.cantora.engine.synthesis.Mix;

/** A stretch of finished output on its way to the sink, reused. */
final class Chunk {

  final Mix mix;
  private final int channels;
  private final float[] interleaved;
  int frames;
  float peak;
  /** Greatest step inside the chunk, and the frame of the chunk at which it ends. */
  float maxAbsDelta;
  int maxDeltaFrame;

  Chunk(int channels, int capacity) {
    this.channels = channels;
    mix = new Mix(channels, capacity);
    interleaved = channels == 2 ? new float[2 * capacity] : mix.channel(0);
  }

  void clear(int length) {
    frames = length;
    mix.clear(length);
  }

  /** Interleaves and measures, in loops of which the JIT makes vector code. */
  void finish() {
    peak = 0f;
    maxAbsDelta = 0f;
    maxDeltaFrame = 0;
    for (int channel = 0; channel < channels; channel++) {
      measure(mix.channel(channel));
    }
    if (channels == 2) {
      float[] left = mix.channel(0);
      float[] right = mix.channel(1);
      for (int i = 0; i < frames; i++) {
        interleaved[2 * i] = left[i];
        interleaved[2 * i + 1] = right[i];
      }
    }
  }

  private void measure(float[] samples) {
    float most = 0f;
    for (int i = 0; i < frames; i++) {
      most = Math.max(most, Math.abs(samples[i]));
    }
    float delta = 0f;
    for (int i = 1; i < frames; i++) {
      delta = Math.max(delta, Math.abs(samples[i] - samples[i - 1]));
    }
    peak = Math.max(peak, most);
    if (delta > maxAbsDelta) {
      maxAbsDelta = delta;
      int at = 1;
      while (Math.abs(samples[at] - samples[at - 1]) != delta) {
        at++;
      }
      maxDeltaFrame = at;
    }
  }

  float[] samples() {
    return interleaved;
  }
}
