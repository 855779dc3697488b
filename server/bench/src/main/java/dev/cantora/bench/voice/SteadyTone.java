package dev.cantora.bench.voice;

import dev.cantora.engine.numeric.Fft;
import dev.cantora.engine.voice.analysis.Recording;

/** What lies beside the harmonics of a held note: of what is sung, on a pitch that fills a window with whole cycles. */
final class SteadyTone {

  private static final int WINDOW = 1 << 15;
  private static final int FROM = 14400;

  private SteadyTone() {}

  /** MIDI note, near one asked for, of which a whole number of cycles fits the window. */
  static double midi(double near, int rateHz) {
    return 69 + 12 * Math.log((double) cycles(near, rateHz) * rateHz / WINDOW / 440) / Math.log(2);
  }

  private static int cycles(double midi, int rateHz) {
    return (int) Math.round(440 * Math.pow(2, (midi - 69) / 12) * WINDOW / rateHz);
  }

  /** Strongest component that is no harmonic, dBFS. @param midi as {@link #midi} gave it */
  static double floorDb(Recording sung, double midi) {
    int cycles = cycles(midi, sung.rateHz());
    double[] re = new double[WINDOW];
    double[] im = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      re[i] = sung.samples()[FROM + i] * 2.0 / WINDOW;
    }
    new Fft(WINDOW).inverse(re, im);
    double floor = 1e-12;
    for (int bin = 1; bin < WINDOW / 2; bin++) {
      if (bin % cycles != 0) {
        floor = Math.max(floor, Math.hypot(re[bin], im[bin]));
      }
    }
    return 20 * Math.log10(floor);
  }
}
