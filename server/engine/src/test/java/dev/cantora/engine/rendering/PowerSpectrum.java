package dev.cantora.engine.rendering;

import dev.cantora.engine.numeric.Fft;

/** What lies at which frequency in a stretch of sound. */
final class PowerSpectrum {

  private PowerSpectrum() {}

  /** Power by bin, up to the Nyquist frequency, under a Hann window. @param size of the window in samples, a power of two */
  static double[] of(float[] samples, int from, int size) {
    double[] re = new double[size];
    double[] im = new double[size];
    for (int i = 0; i < size; i++) {
      re[i] = samples[from + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
    }
    new Fft(size).inverse(re, im);
    double[] power = new double[size / 2];
    for (int bin = 0; bin < power.length; bin++) {
      power[bin] = re[bin] * re[bin] + im[bin] * im[bin];
    }
    return power;
  }
}
