package dev.cantora.engine.audio;

/** Length, peak and greatest step of audio that passes in pieces. For one thread. */
public final class SampleMeter {

  private final int channels;
  private final float[] before;
  private long frames;
  private float peak;
  private float maxDelta;
  private long maxDeltaFrame;

  public SampleMeter(int channels) {
    this.channels = channels;
    this.before = new float[channels];
  }

  /**
   * Goes on with what follows.
   *
   * @param count frames
   */
  public void measure(float[] interleaved, int count) {
    for (int frame = 0, i = 0; frame < count; frame++) {
      for (int channel = 0; channel < channels; channel++, i++) {
        float sample = interleaved[i];
        peak = Math.max(peak, Math.abs(sample));
        float delta = Math.abs(sample - before[channel]);
        if (delta > maxDelta && frames + frame > 0) {
          maxDelta = delta;
          maxDeltaFrame = frames + frame;
        }
        before[channel] = sample;
      }
    }
    frames += count;
  }

  public long frames() {
    return frames;
  }

  /** Greatest magnitude, 0 before the first sample. */
  public float peak() {
    return peak;
  }

  /** Greatest difference between a sample and the one before it in its channel; the first has none before it. */
  public float maxDelta() {
    return maxDelta;
  }

  /** Frame to which the greatest step leads, 0 when there was none. */
  public long maxDeltaFrame() {
    return maxDeltaFrame;
  }
}
