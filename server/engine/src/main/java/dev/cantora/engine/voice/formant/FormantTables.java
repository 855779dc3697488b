package dev.cantora.engine.voice.formant;

import java.util.List;

/**
 * Formants of /ah/, /iy/ and /uw/. F1 to F3 are the averages of Hillenbrand, Getty, Clark and Wheeler, "Acoustic
 * characteristics of American English vowels", JASA 97 (1995), table V; F4 and F5 are set near the averages of the same
 * speakers, bandwidths follow Klatt, "Software for a cascade/parallel formant synthesizer", JASA 67 (1980), table II.
 */
public final class FormantTables {

  private static final double[] BANDWIDTHS_HZ = {80, 90, 150, 200, 250};

  private FormantTables() {}

  /** A man's voice. */
  public static FormantPreset man(String id) {
    return new FormantPreset(id, List.of(
        vowel("AH", 768, 1333, 2522, 3687, 4500),
        vowel("EE", 342, 2322, 3000, 3657, 4500),
        vowel("OO", 378, 997, 2343, 3357, 4500)), 600, 12, 0.10);
  }

  /** A woman's voice. */
  public static FormantPreset woman(String id) {
    return new FormantPreset(id, List.of(
        vowel("AH", 936, 1551, 2815, 4299, 5300),
        vowel("EE", 437, 2761, 3372, 4352, 5300),
        vowel("OO", 459, 1105, 2735, 4115, 5300)), 500, 12, 0.14);
  }

  /** A child's voice. */
  public static FormantPreset child(String id) {
    return new FormantPreset(id, List.of(
        vowel("AH", 1002, 1688, 2950, 4307, 5700),
        vowel("EE", 452, 3081, 3702, 4572, 5700),
        vowel("OO", 494, 1345, 2988, 4276, 5700)), 550, 12, 0.12);
  }

  private static FormantVowel vowel(String timbre, double... formantsHz) {
    return new FormantVowel(timbre, formantsHz, BANDWIDTHS_HZ);
  }
}
