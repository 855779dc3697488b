package dev.cantora.engine.voice.analysis;

/**
 * Reads the spectrum of one instant at the harmonics of a known pitch and half-way between them. A Hann window of two
 * periods has its zeros at all other harmonics, one of four periods has them at every harmonic when it is read half-way
 * between two: for a steady pitch, harmonics are read without each other's leakage and noise without the harmonics'.
 */
final class HarmonicProbe {

  private final int rateHz;
  private final double[] windowed;
  private double windowSum;
  private double windowPower;
  private int length;

  HarmonicProbe(int rateHz, double minHz) {
    this.rateHz = rateHz;
    this.windowed = new double[(int) Math.ceil(4.0 * rateHz / minHz) + 4];
  }

  /** Number of harmonics below 0.97 of the Nyquist frequency. */
  int harmonics(double f0Hz) {
    return (int) (0.485 * rateHz / f0Hz);
  }

  /** Amplitude of each harmonic's sine, index 0 the first. */
  void amplitudes(float[] x, double centre, double f0Hz, double[] out, int count) {
    window(x, centre, 2.0 * rateHz / f0Hz);
    for (int k = 1; k <= count; k++) {
      out[k - 1] = 2 * Math.sqrt(power(k * f0Hz)) / windowSum;
    }
  }

  /** Power of each harmonic under the long window, comparable with {@link #between}. */
  void harmonicPower(double f0Hz, double[] out, int count) {
    for (int k = 1; k <= count; k++) {
      out[k - 1] = power(k * f0Hz) / windowPower;
    }
  }

  /** Variance per sample that white noise would have to have to show the power found at (k + 1/2) f0, k from 0. */
  void between(float[] x, double centre, double f0Hz, double[] out, int count) {
    window(x, centre, 4.0 * rateHz / f0Hz);
    for (int k = 0; k < count; k++) {
      out[k] = power((k + 0.5) * f0Hz) / windowPower;
    }
  }

  private void window(float[] x, double centre, double span) {
    int from = (int) Math.ceil(centre - span / 2);
    int to = (int) Math.floor(centre + span / 2);
    length = to - from + 1;
    windowSum = 0;
    windowPower = 0;
    for (int i = 0; i < length; i++) {
      double w = 0.5 + 0.5 * Math.cos(2 * Math.PI * (from + i - centre) / span);
      int at = from + i;
      windowed[i] = at < 0 || at >= x.length ? 0 : x[at] * w;
      windowSum += w;
      windowPower += w * w;
    }
  }

  private double power(double hz) {
    double step = 2 * Math.PI * hz / rateHz;
    double coefficient = 2 * Math.cos(step);
    double before = 0;
    double last = 0;
    for (int i = 0; i < length; i++) {
      double next = windowed[i] + coefficient * last - before;
      before = last;
      last = next;
    }
    return Math.max(0, last * last + before * before - coefficient * last * before);
  }
}
