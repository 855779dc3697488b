package dev.cantora.engine.lyrics.phonology;

import java.util.Locale;

/** Where a word's pronunciation came from. */
public enum PronunciationSource {
  /** the built-in dictionary */
  DICTIONARY,
  /** letter to sound, for a word no dictionary has */
  FALLBACK,
  /** the caller's dictionary */
  USER,
  /** phonemes in brackets in the text */
  HINT,
  /** the spelling rules of the language, or a rule such as that for numbers */
  RULE;

  /** Lower-case name as on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
