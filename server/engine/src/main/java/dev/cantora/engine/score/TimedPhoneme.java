package dev.cantora.engine.score;

/**
 * One phoneme on the time line, as the wire's {@code score.phonemes[]} has it.
 *
 * @param tSec start, at least 0
 * @param durSec at least 0
 * @param phoneme ARPAbet symbol without stress digit
 * @param vowel true for kind {@code vowel}, false for {@code consonant}
 * @param timbreHint timbre of an AH/EE/OO voice nearest to this vowel, or null
 * @param strength 0..1, consonants only, 1 when absent
 * @param noteId note that sings it, or null for every note that sounds at that time
 */
public record TimedPhoneme(
    double tSec, double durSec, String phoneme, boolean vowel, String timbreHint, double strength,
    String noteId) {
  public TimedPhoneme {
    Bounds.require(tSec, 0, Double.MAX_VALUE, "phoneme.tSec");
    Bounds.require(durSec, 0, Double.MAX_VALUE, "phoneme.durSec");
    Bounds.requirePresent(phoneme, "phoneme.phoneme");
    Bounds.require(strength, 0, 1, "phoneme.strength");
  }

  public double endSec() {
    return tSec + durSec;
  }
}
