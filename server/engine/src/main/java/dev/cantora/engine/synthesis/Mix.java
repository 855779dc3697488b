package dev.cantora.engine.synthesis;

import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import java.util.Arrays;

/**
 * Where singers are summed, one channel after the other in memory. Mono is the plain sum; in stereo a place {@code p} of
 * -1..1 has the gains {@code cos} and {@code sin} of {@code (p + 1) pi / 4} (contract section 10).
 */
public final class Mix {

  private final int channels;
  private final float[] left;
  private final float[] right;
  private float lastFrom = Float.NaN;
  private float lastTo = Float.NaN;
  private float leftFrom;
  private float leftTo;
  private float rightFrom;
  private float rightTo;

  /** @param channels 1 or 2 @param frames greatest number of samples per channel */
  public Mix(int channels, int frames) {
    this.channels = channels;
    left = new float[frames];
    right = channels == 2 ? new float[frames] : left;
  }

  public void clear(int frames) {
    Arrays.fill(left, 0, frames, 0f);
    if (channels == 2) {
      Arrays.fill(right, 0, frames, 0f);
    }
  }

  /** @param channel 0 or 1 */
  public float[] channel(int channel) {
    return channel == 0 ? left : right;
  }

  /** Adds a segment whose place moves from {@code panFrom} to {@code panTo} over {@code length}, of which {@code at} passed. */
  void add(SampleKernel kernel, float[] samples, int index, int count, float panFrom, float panTo, int at, int length) {
    if (channels == 1) {
      kernel.add(samples, count, left, index);
      return;
    }
    if (panFrom != lastFrom || panTo != lastTo) {
      place(panFrom, panTo);
    }
    float leftStep = (leftTo - leftFrom) / length;
    float rightStep = (rightTo - rightFrom) / length;
    float leftGain = Math.fma(at, leftStep, leftFrom);
    float rightGain = Math.fma(at, rightStep, rightFrom);
    kernel.add(samples, count, leftGain, leftStep, left, index);
    kernel.add(samples, count, rightGain, rightStep, right, index);
  }

  private void place(float panFrom, float panTo) {
    lastFrom = panFrom;
    lastTo = panTo;
    leftFrom = gain(panFrom, 0.25);
    rightFrom = gain(panFrom, 0);
    leftTo = gain(panTo, 0.25);
    rightTo = gain(panTo, 0);
  }

  /** sin((p + 1) pi / 4), or its cosine with a quarter turn more. */
  private static float gain(float pan, double quarter) {
    return (float) Elementary.sinTurns((pan + 1.0) / 8 + quarter);
  }
}
