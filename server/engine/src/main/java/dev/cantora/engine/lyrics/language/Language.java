package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.List;
import java.util.Optional;

/** How the words of one language sound. Implementations are immutable and thread-safe. */
public interface Language {

  /** What a word sounds like. */
  record Pronunciation(PronunciationSource source, List<Syllable> syllables) {
    public Pronunciation {
      syllables = List.copyOf(syllables);
    }
  }

  /** BCP 47 primary language subtag. */
  String tag();

  /**
   * Pronounces one word.
   *
   * @param word as written, without punctuation around it
   * @param next the word after it, or an empty string
   * @param warnings receives what the caller should know
   * @return at least one syllable
   */
  Pronunciation pronounce(String word, String next, Warnings warnings);

  /** Whether a full stop after the word belongs to it ({@code Dr.}) and asks for no pause. */
  default boolean isAbbreviation(String word) {
    return false;
  }

  /**
   * Both syllables as one, where the second is weak enough to lose its note when notes are short; else empty.
   */
  default Optional<Syllable> contract(Syllable before, Syllable weak) {
    return Optional.empty();
  }

  /** Splits given phonemes (a hint, a user's dictionary) into syllables by this language's rules. */
  List<Syllable> syllables(List<Segment> segments);

  /** Key of a word in a user's dictionary. */
  String dictionaryKey(String word);
}
