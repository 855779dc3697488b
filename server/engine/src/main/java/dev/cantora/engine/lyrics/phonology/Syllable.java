package dev.cantora.engine.lyrics.phonology;

import java.util.ArrayList;
import java.util.List;

/**
 * What one note can sing.
 *
 * @param onset consonants before the nucleus
 * @param nucleus a vowel, or the consonant that is held in a word without one ({@code hmm}, {@code shh})
 * @param coda consonants after it
 * @param stress 0 none, 1 primary, 2 secondary
 */
public record Syllable(List<Phone> onset, Phone nucleus, List<Phone> coda, int stress) {
  public Syllable {
    onset = List.copyOf(onset);
    coda = List.copyOf(coda);
  }

  /** Onset, nucleus and coda in order. */
  public List<Phone> phones() {
    var all = new ArrayList<Phone>(onset);
    all.add(nucleus);
    all.addAll(coda);
    return all;
  }
}
