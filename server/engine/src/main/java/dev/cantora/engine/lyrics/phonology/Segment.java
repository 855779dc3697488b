package dev.cantora.engine.lyrics.phonology;

import java.util.Optional;

/**
 * A phone in a word.
 *
 * @param stress 0 none, 1 primary, 2 secondary; 0 for consonants
 */
public record Segment(Phone phone, int stress) {
  public Segment {
    if (stress < 0 || stress > 2) {
      throw new IllegalArgumentException("stress " + stress);
    }
  }

  /** Reads a symbol such as {@code OW1}; empty when it is not in the inventory. */
  public static Optional<Segment> parse(String symbol) {
    String s = symbol.strip();
    int stress = s.isEmpty() ? 0 : s.charAt(s.length() - 1) - '0';
    return Phone.of(s).map(p -> new Segment(p, p.isVowel() && (stress == 1 || stress == 2) ? stress : 0));
  }
}
