package dev.cantora.engine.voice.analysis;

/**
 * Reads the spectrum of one instant at the harmonics of a known pitch and half-way between them. A Hann window of two
 * periods has its zeros at all other harmonics, one of four periods has them at every harmonic when it is read half-way
 * between two: for a steady pitch, harmonics are read without each other's leakage and noise without the harmonics'.
 */
final class HarmonicProbe {

  private final int rateHz;
  private final double[] windowed;
  /** Of the window and of its square. */
  private final double[] sums = new double[2];
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
    Goertzel.powers(windowed, length, f0Hz, f0Hz, rateHz, out, count);
    for (int k = 0; k < count; k++) {
      out[k] = 2 * Math.sqrt(out[k]) / sums[0];
    }
  }

  /** Power of each harmonic under the window last used, comparable with {@link #between}. */
  void harmonicPower(double f0Hz, double[] out, int count) {
    powers(f0Hz, f0Hz, out, count);
  }

  /** Variance per sample that white noise would have to have to show the power found at (k + 1/2) f0, k from 0. */
  void between(float[] x, double centre, double f0Hz, double[] out, int count) {
    window(x, centre, 4.0 * rateHz / f0Hz);
    powers(0.5 * f0Hz, f0Hz, out, count);
  }

  private void powers(double firstHz, double stepHz, double[] out, int count) {
    Goertzel.powers(windowed, length, firstHz, stepHz, rateHz, out, count);
    for (int k = 0; k < count; k++) {
      out[k] /= sums[1];
    }
  }

  private void window(float[] x, double centre, double span) {
    length = Goertzel.window(x, centre, span, windowed, sums);
  }
}
