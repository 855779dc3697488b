package dev.cantora.engine.voice.reference;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import java.util.HashMap;
import java.util.Map;

/**
 * Consonants of the reference (contract section 10): noise level, what is left of the harmonics, and the corner of a
 * one-pole high-pass as a fraction of 48 kHz, with one of three courses over the phoneme's time.
 */
final class ConsonantTable {

  enum Course { FRICATIVE, PLOSIVE, NASAL }

  /**
   * @param course how noise comes and goes
   * @param harmonicGain linear factor on the harmonics at full course
   * @param noise log2 RMS per band at course 1 and strength 1
   */
  record Consonant(Course course, float harmonicGain, float[] noise) {

    /** Share of the noise at a relative time 0..1 within the phoneme. */
    float noiseCourse(float part) {
      return switch (course) {
        case FRICATIVE -> trapezoid(part, .15f, .80f);
        case NASAL -> trapezoid(part, .10f, .90f);
        case PLOSIVE -> part < .70f ? 0f : part < .85f ? (part - .70f) / .15f : (1f - part) / .15f;
      };
    }

    /** Share of the way from full harmonics to {@link #harmonicGain}; a plosive closes at once and opens last. */
    float closure(float part) {
      return switch (course) {
        case FRICATIVE -> trapezoid(part, .15f, .80f);
        case NASAL -> trapezoid(part, .10f, .90f);
        case PLOSIVE -> trapezoid(part, .10f, .85f);
      };
    }
  }

  private static final double RATE_HZ = 48000;
  private static final Map<String, Consonant> TABLE = new HashMap<>();

  static {
    fricative("S", .18, 0, .38);
    fricative("SH", .15, 0, .28);
    fricative("F", .10, 0, .22);
    fricative("TH", .08, 0, .20);
    fricative("HH", .06, 0, .10);
    fricative("Z", .10, .5, .38);
    fricative("ZH", .09, .5, .28);
    fricative("V", .07, .5, .22);
    fricative("DH", .06, .5, .20);
    plosive("T", .20, 0, .18);
    plosive("K", .18, 0, .12);
    plosive("P", .15, 0, .10);
    plosive("Q", .10, 0, .08);
    plosive("B", .08, .3, .08);
    plosive("D", .12, .3, .12);
    plosive("G", .10, .3, .10);
    plosive("DX", .05, .6, .08);
    plosive("CH", .16, 0, .25);
    plosive("JH", .10, .4, .20);
    for (String symbol : new String[] {"M", "N", "NG", "NX", "EM", "EN", "W", "WH", "Y"}) {
      put(symbol, Course.NASAL, 0, .9, 0);
    }
    for (String symbol : new String[] {"L", "R", "EL"}) {
      put(symbol, Course.NASAL, 0, .85, 0);
    }
  }

  private ConsonantTable() {}

  /** The consonant of a symbol, or null for anything else. */
  static Consonant of(String symbol) {
    return TABLE.get(symbol);
  }

  private static void fricative(String symbol, double level, double harmonicGain, double highPass) {
    put(symbol, Course.FRICATIVE, level, harmonicGain, highPass);
  }

  private static void plosive(String symbol, double level, double harmonicGain, double highPass) {
    put(symbol, Course.PLOSIVE, level, harmonicGain, highPass);
  }

  private static void put(String symbol, Course course, double level, double harmonicGain, double highPass) {
    TABLE.put(symbol, new Consonant(course, (float) harmonicGain, bands(level, highPass * RATE_HZ)));
  }

  /** White noise uniform in -1..1 (RMS 1/sqrt 3) of a level through a one-pole high-pass, as RMS per band. */
  private static float[] bands(double level, double cornerHz) {
    float[] bands = new float[NoiseBands.COUNT];
    for (int band = 0; band < bands.length; band++) {
      double low = NoiseBands.edgeHz(band);
      double high = NoiseBands.edgeHz(band + 1);
      double ratio = cornerHz == 0 ? 1 : (low + high) / 2 / cornerHz;
      double response = cornerHz == 0 ? 1 : ratio / Math.sqrt(1 + ratio * ratio);
      double rms = level / Math.sqrt(3) * Math.sqrt((high - low) / (RATE_HZ / 2)) * response;
      bands[band] = rms <= 0 ? SpectralFrame.SILENCE : (float) Math.max(SpectralFrame.SILENCE, StrictMath.log(rms) / StrictMath.log(2));
    }
    return bands;
  }

  private static float trapezoid(float part, float up, float down) {
    return part < up ? part / up : part < down ? 1f : (1f - part) / (1f - down);
  }
}
