package dev.cantora.engine.synthesis.vectorization;

/** Gains in plain Java. */
final class ScalarGainKernel implements GainKernel {

  @Override
  public int sample(float[] envelope, float stride, float silent, float nothing, int[] scratch, float[] out, int most) {
    int count = 0;
    int last = envelope.length - 2;
    for (int k = 0; k < most; k++) {
      float position = (k + 1) * stride;
      int low = Math.min((int) position, last);
      float part = position - low;
      part = part > 1f ? 1f : part;
      float log = Math.fma(part, envelope[low + 1] - envelope[low], envelope[low]);
      boolean sounds = log > silent;
      out[k] = sounds ? log : nothing;
      count = sounds ? k + 1 : count;
    }
    return count;
  }

  @Override
  public void harmonics(float[] gain, int count, float[] octaves, float base, float tilt, float[] factor, float scale) {
    for (int k = 0; k < count; k++) {
      float octave = octaves[k] + base;
      octave = octave > TILT_OCTAVES ? TILT_OCTAVES : octave < 0f ? 0f : octave; // faster than min and max, which mind NaN
      gain[k] = Exp2.of(Math.fma(tilt, octave, gain[k])) * (factor[k] * scale);
    }
  }

  @Override
  public void bands(float[] log, float gain, float floor, int count, float[] out) {
    for (int band = 0; band < count; band++) {
      float value = Exp2.of(log[band] + gain);
      out[band] = value < floor ? 0f : value;
    }
  }
}
