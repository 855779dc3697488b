package dev.cantora.engine.score;

/**
 * Words for the whole score.
 *
 * @param text the words, may hold phoneme hints in brackets
 * @param language BCP 47 tag such as {@code en}, {@code ja}, {@code de}; null means English
 */
public record Lyrics(String text, String language) {
  public Lyrics {
    Bounds.requirePresent(text, "lyrics.text");
  }
}
