package dev.cantora.engine.voice.formant;

/**
 * A vowel as resonances of the vocal tract.
 *
 * @param timbre name it gets in a preset
 * @param formantsHz centre frequencies, ascending
 * @param bandwidthsHz one per formant
 */
public record FormantVowel(String timbre, double[] formantsHz, double[] bandwidthsHz) {

  /**
   * Level at a frequency: a cascade of two-pole resonators of unit gain at 0 Hz (Fant 1960; Klatt 1980, equation 1), a
   * source that falls by {@code tiltDbPerOctave} above its corner, and radiation at the lips (6 dB per octave).
   *
   * @return dB, not normalised
   */
  double levelDb(double hz, double cornerHz, double tiltDbPerOctave) {
    double db = 0;
    for (int i = 0; i < formantsHz.length; i++) {
      double f = formantsHz[i];
      double half = bandwidthsHz[i] / 2;
      double pole = f * f + half * half;
      double below = (hz - f) * (hz - f) + half * half;
      double above = (hz + f) * (hz + f) + half * half;
      db += 20 * StrictMath.log10(pole) - 10 * StrictMath.log10(below * above);
    }
    double octavesPastCorner = 0.5 * log2(1 + (hz / cornerHz) * (hz / cornerHz));
    double radiation = 6 * 0.5 * log2(1 + (hz / 100) * (hz / 100));
    return db - tiltDbPerOctave * octavesPastCorner + radiation;
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }
}
