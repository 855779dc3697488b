package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;

/** Power per noise band of a short stretch of sound, whatever it is made of. */
final class ShortNoise {

  private static final double BIN_HZ = 50;

  private ShortNoise() {}

  /** Log2 RMS in each band. @param span length of the Hann window in samples */
  static float[] bands(float[] x, double centre, double span, int rateHz) {
    double[] windowed = new double[(int) span + 2];
    double[] sums = new double[2];
    int length = Goertzel.window(x, centre, span, windowed, sums);
    double[] power = new double[NoiseBands.COUNT];
    int[] bins = new int[NoiseBands.COUNT];
    int top = (int) (0.485 * rateHz / BIN_HZ);
    double[] found = new double[top];
    Goertzel.powers(windowed, length, BIN_HZ, BIN_HZ, rateHz, found, top);
    for (int bin = 1; bin <= top; bin++) {
      int band = Math.min(NoiseBands.COUNT - 1, (int) NoiseBands.position(bin * BIN_HZ));
      power[band] += found[bin - 1] / sums[1];
      bins[band]++;
    }
    for (int band = 0; band < power.length; band++) {
      double width = Math.max(0, Math.min(NoiseBands.edgeHz(band + 1), rateHz / 2.0) - NoiseBands.edgeHz(band));
      power[band] = bins[band] == 0 ? 0 : power[band] / bins[band] * width / (rateHz / 2.0);
    }
    return log2Rms(power);
  }

  static float[] log2Rms(double[] power) {
    float[] out = new float[power.length];
    for (int i = 0; i < power.length; i++) {
      out[i] = power[i] <= 0 ? SpectralFrame.SILENCE
          : (float) Math.max(SpectralFrame.SILENCE, 0.5 * StrictMath.log(power[i]) / StrictMath.log(2));
    }
    return out;
  }
}
