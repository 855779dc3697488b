package dev.cantora.engine.lyrics.timing;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.List;

/**
 * How long consonants want to last. Inherent durations ({@link Phone}) are scaled by rules after Klatt (1979): shorter in
 * clusters (0.7 with one neighbour, 0.5 between two), shorter in unstressed onsets (0.85; Klatt's 0.7 is for speech,
 * where unstressed vowels shrink too), longer at the end of a phrase (2.6: sung
 * vowels last so much longer than spoken ones that a coda of spoken length is lost after them; Klatt's 1.4 is for speech). Tempo is read off the notes: durations grow
 * with the fifth root of the note's length, equal to Klatt's at one second and between 0.6 and 1.25 of them.
 */
final class ConsonantLength {
  private static final double ONE_NEIGHBOUR = 0.7;
  private static final double TWO_NEIGHBOURS = 0.5;
  private static final double UNSTRESSED_ONSET = 0.85;
  private static final double PHRASE_FINAL = 2.6;

  private ConsonantLength() {}

  /** Seconds for each onset consonant before a note of the given length. */
  static double[] onset(Syllable syllable, double noteSec) {
    double scale = tempo(noteSec) * (syllable.stress() > 0 || syllable.onset().size() > 1 ? 1 : UNSTRESSED_ONSET);
    return lengths(syllable.onset(), scale);
  }

  /** Seconds for each coda consonant at the end of notes that last so long together. */
  static double[] coda(Syllable syllable, double notesSec, boolean phraseFinal) {
    return lengths(syllable.coda(), tempo(notesSec) * (phraseFinal ? PHRASE_FINAL : 1));
  }

  private static double[] lengths(List<Phone> cluster, double scale) {
    double[] lengths = new double[cluster.size()];
    for (int i = 0; i < lengths.length; i++) {
      int neighbours = (i > 0 ? 1 : 0) + (i + 1 < lengths.length ? 1 : 0);
      double crowding = neighbours == 0 ? 1 : neighbours == 1 ? ONE_NEIGHBOUR : TWO_NEIGHBOURS;
      double wanted = cluster.get(i).inherentSec() * scale * crowding;
      lengths[i] = Math.max(wanted, Math.min(cluster.get(i).leastSec(), cluster.get(i).inherentSec() * scale));
    }
    return lengths;
  }

  private static double tempo(double noteSec) {
    return Math.clamp(StrictMath.pow(noteSec, 0.2), 0.6, 1.25);
  }
}
