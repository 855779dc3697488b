package dev.cantora.engine.interchange;

import java.util.Optional;

/**
 * What a file says of a piece beside its notes.
 *
 * @param title empty where the file names none; one line of at most 200 characters
 * @param metre the first one
 */
public record ScoreHead(String title, Optional<Metre> metre) {
  private static final int LONGEST_TITLE = 200;

  /**
   * A time signature.
   *
   * @param num beats of a bar, 1..32
   * @param den the beat's note value, a power of two up to 32
   */
  public record Metre(int num, int den) {

    /** Empty for what no score here can have. */
    static Optional<Metre> of(double num, double den) {
      boolean whole = num == Math.rint(num) && den == Math.rint(den);
      boolean known = whole && num >= 1 && num <= 32 && den >= 1 && den <= 32 && Integer.bitCount((int) den) == 1;
      return known ? Optional.of(new Metre((int) num, (int) den)) : Optional.empty();
    }
  }

  public ScoreHead {
    String line = title.replaceAll("\\s+", " ").strip();
    title = line.length() > LONGEST_TITLE ? line.substring(0, LONGEST_TITLE) : line;
  }

  static ScoreHead titled(String title) {
    return new ScoreHead(title, Optional.empty());
  }
}
