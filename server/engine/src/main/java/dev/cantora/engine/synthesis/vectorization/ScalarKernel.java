package dev.cantora.engine.synthesis.vectorization;

import java.util.Arrays;

/**
 * The kernel in plain Java. Loops over the samples of a segment are innermost, so that the JIT may vectorise them on its
 * own; whether it does changes no bit.
 */
final class ScalarKernel implements SampleKernel {

  private final float[][] even = new float[ROW][SEGMENT];
  private final float[][] odd = new float[ROW][SEGMENT];
  private final float[] plus = new float[SEGMENT];
  private final float[] minus = new float[SEGMENT];
  private final float[][] sum = new float[4][SEGMENT];
  private final float[][] slope = new float[4][SEGMENT];
  private final int[] phases = new int[SEGMENT];

  @Override
  public void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials,
      int samples, float[] out, float[] fundamental) {
    start(phase, increment, glide, samples);
    System.arraycopy(even[0], 0, fundamental, 0, samples);
    for (int k = 0; k < partials; k += PADDING) {
      for (int j = 0; j < ROW; j++) {
        row(even[j], odd[j], plus, gain[k + j], step[k + j], sum[j & 3], slope[j & 3], samples);
      }
      for (int j = 0; j < ROW; j++) {
        row(odd[j], even[j], minus, gain[k + ROW + j], step[k + ROW + j], sum[j & 3], slope[j & 3], samples);
      }
    }
    for (int i = 0; i < samples; i++) {
      float value = (sum[0][i] + sum[1][i]) + (sum[2][i] + sum[3][i]);
      float rise = (slope[0][i] + slope[1][i]) + (slope[2][i] + slope[3][i]);
      out[i] = Math.fma(offset + i, rise, value);
    }
  }

  private void start(int phase, int increment, int glide, int samples) {
    for (int i = 0; i < samples; i++) {
      phases[i] = phase + i * increment + (i * (i - 1) / 2) * glide;
    }
    for (int j = 0; j < ROW; j++) {
      for (int i = 0; i < samples; i++) {
        even[j][i] = SinePolynomial.sine((j + 1) * phases[i]);
      }
    }
    // the row before the first, with the sign it needs: sin((8 - k) x)
    for (int j = 0; j < ROW - 1; j++) {
      System.arraycopy(even[ROW - 2 - j], 0, odd[j], 0, samples);
    }
    Arrays.fill(odd[ROW - 1], 0, samples, 0f);
    for (int i = 0; i < samples; i++) {
      plus[i] = SinePolynomial.twoCosine(ROW * phases[i]);
      minus[i] = -plus[i];
    }
    for (int j = 0; j < 4; j++) {
      Arrays.fill(sum[j], 0, samples, 0f);
      Arrays.fill(slope[j], 0, samples, 0f);
    }
  }

  private static void row(float[] now, float[] next, float[] factor, float gain, float step, float[] sum, float[] slope,
      int samples) {
    for (int i = 0; i < samples; i++) {
      float sine = now[i];
      sum[i] = Math.fma(gain, sine, sum[i]);
      slope[i] = Math.fma(step, sine, slope[i]);
      next[i] = Math.fma(factor[i], sine, next[i]);
    }
  }

  @Override
  public void noise(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain,
      float[] step, int samples, float[] out) {
    float[] rise = slope[0];
    Arrays.fill(out, 0, samples, 0f);
    Arrays.fill(rise, 0, samples, 0f);
    for (int band = firstBand; band < lastBand; band++) {
      band(loops[band], positions[band], gain[band], step[band], out, rise, samples);
    }
    for (int i = 0; i < samples; i++) {
      out[i] = Math.fma(offset + i, rise[i], out[i]);
    }
  }

  private static void band(float[] loop, int position, float gain, float step, float[] out, float[] slope, int samples) {
    for (int i = 0; i < samples; i++) {
      float value = loop[position + i];
      out[i] = Math.fma(gain, value, out[i]);
      slope[i] = Math.fma(step, value, slope[i]);
    }
  }

  @Override
  public void add(float[] segment, int samples, float[] into, int at) {
    for (int i = 0; i < samples; i++) {
      into[at + i] += segment[i];
    }
  }

  @Override
  public void add(float[] segment, int samples, float gain, float step, float[] into, int at) {
    for (int i = 0; i < samples; i++) {
      into[at + i] = Math.fma(segment[i], Math.fma(i, step, gain), into[at + i]);
    }
  }

  @Override
  public void addBreath(float[] noise, float[] fundamental, float mean, float swing, int samples, float[] voiced) {
    for (int i = 0; i < samples; i++) {
      voiced[i] = Math.fma(noise[i], Math.fma(-swing, fundamental[i], mean), voiced[i]);
    }
  }

  @Override
  public String description() {
    return "scalar";
  }
}
