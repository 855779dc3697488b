package dev.cantora.engine.lyrics.timing;

import java.util.List;

/** What one note does with the words. */
public sealed interface Assignment {

  /** Sings one syllable, or several one after the other. */
  record Sing(List<SungSyllable> syllables) implements Assignment {
    public Sing {
      syllables = List.copyOf(syllables);
      if (syllables.isEmpty()) {
        throw new IllegalArgumentException("nothing to sing");
      }
    }
  }

  /** Carries on the syllable of the note before. */
  record Hold() implements Assignment {}

  /** Has no words. */
  record Silent() implements Assignment {}
}
