package dev.cantora.engine.lyrics.timing;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long consonants want to last. Inherent durations ({@link Phone}) are scaled by rules after Klatt (1979): shorter in
 * clusters (0.7 with one neighbour, 0.5 between two), shorter in unstressed onsets (0.85; Klatt's 0.7 is for speech,
 * where unstressed vowels shrink too), longer at the end of a phrase (2.6: sung vowels last so much longer than spoken
 * ones that a coda of spoken length is lost after them; Klatt's 1.4 is for speech; 2.3 for stops, whose closure must not
 * become a pause). Onsets last longer than spoken ones, as in clear speech (Picheny, Durlach and Braida, "Speaking clearly
 * for the hard of hearing II", 1986), and most at the start of a phrase (Fougeron and Keating, "Articulatory strengthening
 * at edges of prosodic domains", JASA 101, 1997), where they take no time from another note. /h/ is left out: the contract
 * gives its length. Tempo is read off the notes: durations grow with the fifth root of the note's length, equal to
 * Klatt's at one second and between 0.6 and 1.25 of them.
 */
final class ConsonantLength {
  private static final double ONE_NEIGHBOUR = 0.7;
  private static final double TWO_NEIGHBOURS = 0.5;
  private static final double UNSTRESSED_ONSET = 0.85;
  private static final double PHRASE_FINAL = 2.6;
  private static final double PHRASE_FINAL_STOP = 2.3;
  private static final double CLEAR_ONSET = 1.4;
  private static final double PHRASE_INITIAL = 2;

  private ConsonantLength() {}

  /** Seconds for each onset consonant before a note of the given length. @param initial a phrase begins with it */
  static double[] onset(Syllable syllable, double noteSec, boolean initial) {
    double stress = syllable.stress() > 0 || syllable.onset().size() > 1 ? 1 : UNSTRESSED_ONSET;
    double longer = initial ? PHRASE_INITIAL : CLEAR_ONSET;
    return lengths(syllable.onset(), tempo(noteSec) * stress, phone -> phone == Phone.HH ? 1 : longer);
  }

  /** Seconds for each coda consonant at the end of notes that last so long together. */
  static double[] coda(Syllable syllable, double notesSec, boolean phraseFinal) {
    return lengths(syllable.coda(), tempo(notesSec),
        phone -> !phraseFinal ? 1 : isStop(phone) ? PHRASE_FINAL_STOP : PHRASE_FINAL);
  }

  private static boolean isStop(Phone phone) {
    return phone.manner() == Phone.Manner.STOP || phone.manner() == Phone.Manner.AFFRICATE;
  }

  private static double[] lengths(List<Phone> cluster, double scale, ToDoubleFunction<Phone> place) {
    double[] lengths = new double[cluster.size()];
    for (int i = 0; i < lengths.length; i++) {
      int neighbours = (i > 0 ? 1 : 0) + (i + 1 < lengths.length ? 1 : 0);
      double crowding = neighbours == 0 ? 1 : neighbours == 1 ? ONE_NEIGHBOUR : TWO_NEIGHBOURS;
      Phone phone = cluster.get(i);
      double full = phone.inherentSec() * scale * place.applyAsDouble(phone);
      lengths[i] = Math.max(full * crowding, Math.min(phone.leastSec(), full));
    }
    return lengths;
  }

  private static double tempo(double noteSec) {
    return Math.clamp(StrictMath.pow(noteSec, 0.2), 0.6, 1.25);
  }
}
