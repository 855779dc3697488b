package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;

/** Power per noise band of a short stretch of sound, whatever it is made of. */
final class ShortNoise {

  private static final double BIN_HZ = 50;

  private ShortNoise() {}

  /** Log2 RMS in each band. @param span length of the Hann window in samples */
  static float[] bands(float[] x, double centre, double span, int rateHz) {
    int from = (int) Math.ceil(centre - span / 2);
    int to = (int) Math.floor(centre + span / 2);
    double[] windowed = new double[to - from + 1];
    double windowPower = 0;
    for (int i = 0; i < windowed.length; i++) {
      double w = 0.5 + 0.5 * Math.cos(2 * Math.PI * (from + i - centre) / span);
      int at = from + i;
      windowed[i] = at < 0 || at >= x.length ? 0 : x[at] * w;
      windowPower += w * w;
    }
    double[] power = new double[NoiseBands.COUNT];
    int[] bins = new int[NoiseBands.COUNT];
    int top = (int) (0.485 * rateHz / BIN_HZ);
    for (int bin = 1; bin <= top; bin++) {
      int band = Math.min(NoiseBands.COUNT - 1, (int) NoiseBands.position(bin * BIN_HZ));
      power[band] += goertzel(windowed, bin * BIN_HZ, rateHz) / windowPower;
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
          : (float) Math.max(SpectralFrame.SILENCE, 0.5 * Math.log(power[i]) / Math.log(2));
    }
    return out;
  }

  private static double goertzel(double[] x, double hz, int rateHz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hz / rateHz);
    double before = 0;
    double last = 0;
    for (double sample : x) {
      double next = sample + coefficient * last - before;
      before = last;
      last = next;
    }
    return Math.max(0, last * last + before * before - coefficient * last * before);
  }
}
