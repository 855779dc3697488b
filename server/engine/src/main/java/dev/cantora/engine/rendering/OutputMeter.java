package dev.cantora.engine.rendering;

/** Peak and greatest step of an output, over its chunks in order. */
final class OutputMeter {

  private final float[] last;
  private long frames;
  private float peak;
  private float maxAbsDelta;
  private long maxDeltaFrame;

  OutputMeter(int channels) {
    last = new float[channels];
  }

  void add(Chunk chunk) {
    peak = Math.max(peak, chunk.peak);
    for (int channel = 0; channel < last.length; channel++) {
      float[] samples = chunk.mix.channel(channel);
      float step = frames == 0 ? 0f : Math.abs(samples[0] - last[channel]);
      if (step > maxAbsDelta) {
        maxAbsDelta = step;
        maxDeltaFrame = frames;
      }
      last[channel] = samples[chunk.frames - 1];
    }
    if (chunk.maxAbsDelta > maxAbsDelta) {
      maxAbsDelta = chunk.maxAbsDelta;
      maxDeltaFrame = frames + chunk.maxDeltaFrame;
    }
    frames += chunk.frames;
  }

  long frames() {
    return frames;
  }

  float peak() {
    return peak;
  }

  float maxAbsDelta() {
    return maxAbsDelta;
  }

  long maxDeltaFrame() {
    return maxDeltaFrame;
  }
}
