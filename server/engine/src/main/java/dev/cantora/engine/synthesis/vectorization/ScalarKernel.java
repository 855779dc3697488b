package dev.cantora.engine.synthesis.vectorization;

/**
 * The kernel in plain Java. Loops over the samples of a segment are innermost, so that the JIT may vectorise them on its
 * own; whether it does changes no bit.
 */
final class ScalarKernel implements SampleKernel {

  private static final class Scratch {
    final float[][] now = new float[ROW][SEGMENT];
    final float[][] next = new float[ROW][SEGMENT];
    final float[] plus = new float[SEGMENT];
    final float[] minus = new float[SEGMENT];
    final float[][] sum = new float[4][SEGMENT];
    final float[][] slope = new float[4][SEGMENT];
    final int[] phase = new int[SEGMENT];
  }

  private final ThreadLocal<Scratch> scratches = ThreadLocal.withInitial(Scratch::new);

  @Override
  public void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials,
      int samples, float[] out, float[] fundamental) {
    Scratch s = scratches.get();
    start(s, phase, increment, glide, samples);
    System.arraycopy(s.now[0], 0, fundamental, 0, samples);
    float[][] now = s.now;
    float[][] next = s.next;
    float[] factor = s.plus;
    float[] otherFactor = s.minus;
    for (int k = 0; k < partials; k += ROW) {
      for (int j = 0; j < ROW; j++) {
        row(now[j], next[j], factor, gain[k + j], step[k + j], s.sum[j & 3], s.slope[j & 3], samples);
      }
      float[][] swap = now;
      now = next;
      next = swap;
      float[] swapFactor = factor;
      factor = otherFactor;
      otherFactor = swapFactor;
    }
    for (int i = 0; i < samples; i++) {
      float sum = (s.sum[0][i] + s.sum[1][i]) + (s.sum[2][i] + s.sum[3][i]);
      float slope = (s.slope[0][i] + s.slope[1][i]) + (s.slope[2][i] + s.slope[3][i]);
      out[i] = Math.fma(offset + i, slope, sum);
    }
  }

  private static void start(Scratch s, int phase, int increment, int glide, int samples) {
    for (int i = 0; i < samples; i++) {
      s.phase[i] = phase + i * increment + (i * (i - 1) / 2) * glide;
    }
    for (int j = 0; j < ROW; j++) {
      for (int i = 0; i < samples; i++) {
        s.now[j][i] = SinePolynomial.sine((j + 1) * s.phase[i]);
      }
    }
    // the row before the first, with the sign it needs: sin((8 - k) x)
    for (int j = 0; j < ROW - 1; j++) {
      System.arraycopy(s.now[ROW - 2 - j], 0, s.next[j], 0, samples);
    }
    java.util.Arrays.fill(s.next[ROW - 1], 0, samples, 0f);
    for (int i = 0; i < samples; i++) {
      float twoCosine = SinePolynomial.twoCosine(ROW * s.phase[i]);
      s.plus[i] = twoCosine;
      s.minus[i] = -twoCosine;
    }
    for (int j = 0; j < 4; j++) {
      java.util.Arrays.fill(s.sum[j], 0, samples, 0f);
      java.util.Arrays.fill(s.slope[j], 0, samples, 0f);
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
    Scratch s = scratches.get();
    float[] slope = s.slope[0];
    java.util.Arrays.fill(out, 0, samples, 0f);
    java.util.Arrays.fill(slope, 0, samples, 0f);
    for (int band = firstBand; band < lastBand; band++) {
      band(loops[band], positions[band], gain[band], step[band], out, slope, samples);
    }
    for (int i = 0; i < samples; i++) {
      out[i] = Math.fma(offset + i, slope[i], out[i]);
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
  public String description() {
    return "scalar";
  }
}
