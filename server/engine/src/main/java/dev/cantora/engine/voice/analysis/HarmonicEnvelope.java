package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.BankAxis;

/** A smooth envelope through harmonic amplitudes: Catmull-Rom in log amplitude, held below the first and above the last. */
final class HarmonicEnvelope {

  private HarmonicEnvelope() {}

  /** Log2 amplitude on {@link BankAxis}. @param amplitude of sines at (index + 1) f0 */
  static float[] of(double[] amplitude, int count, double f0Hz) {
    double[] log = new double[count];
    for (int k = 0; k < count; k++) {
      log[k] = amplitude[k] <= 0 ? SpectralFrame.SILENCE
          : Math.max(SpectralFrame.SILENCE, StrictMath.log(amplitude[k]) / StrictMath.log(2));
    }
    float[] envelope = new float[BankAxis.POINTS];
    for (int p = 0; p < envelope.length; p++) {
      double at = BankAxis.hz(p) / f0Hz - 1;
      if (at <= 0) {
        envelope[p] = (float) log[0];
      } else if (at >= count - 1) {
        envelope[p] = (float) log[count - 1];
      } else {
        int k = (int) at;
        double t = at - k;
        double a = log[Math.max(0, k - 1)];
        double b = log[k];
        double c = log[k + 1];
        double d = log[Math.min(count - 1, k + 2)];
        envelope[p] = (float) (b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
      }
    }
    return envelope;
  }
}
