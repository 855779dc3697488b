package dev.cantora.engine.lyrics.text;

/** What the text is made of. */
public sealed interface LyricToken {

  /** One syllable goes on over another note. */
  record Hold() implements LyricToken {}

  /**
   * A word.
   *
   * @param text as written, trimmed of punctuation; may be empty when there is only a hint
   * @param hint phonemes in brackets, without the brackets, or null
   * @param after pause that punctuation asks for
   */
  record Word(String text, String hint, PhraseBreak after) implements LyricToken {}
}
