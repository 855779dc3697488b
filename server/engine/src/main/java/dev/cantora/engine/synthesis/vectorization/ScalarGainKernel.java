package dev.cantora.engine.synthesis.vectorization;

/** Gains in plain Java. */
final class ScalarGainKernel implements GainKernel {

  @Override
  public void harmonics(float[] gain, int count, float[] octaves, float base, float tilt, float[] factor, float scale) {
    for (int k = 0; k < count; k++) {
      float tilted = Math.fma(tilt, Math.max(0f, Math.min(TILT_OCTAVES, octaves[k] + base)), gain[k]);
      gain[k] = Exp2.of(tilted) * (factor[k] * scale);
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
