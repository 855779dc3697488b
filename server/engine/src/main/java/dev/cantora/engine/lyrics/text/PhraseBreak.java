package dev.cantora.engine.lyrics.text;

/** How the text pauses after a word. */
public enum PhraseBreak {
  NONE,
  /** comma, dash, bracket */
  MINOR,
  /** full stop, question, exclamation, colon, semicolon, new line */
  MAJOR;

  public PhraseBreak orStronger(PhraseBreak other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
