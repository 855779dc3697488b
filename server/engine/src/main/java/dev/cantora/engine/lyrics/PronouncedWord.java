package dev.cantora.engine.lyrics;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.PhraseBreak;
import java.util.List;

/**
 * A word with its sounds.
 *
 * @param word as normalised from the text
 * @param syllables at least one
 * @param after pause that the text asks for after it
 */
public record PronouncedWord(String word, PronunciationSource source, List<Syllable> syllables, PhraseBreak after) {
  public PronouncedWord {
    syllables = List.copyOf(syllables);
    if (syllables.isEmpty()) {
      throw new IllegalArgumentException("a word without sound: " + word);
    }
  }

  /** All its phones in order. */
  public List<Phone> phones() {
    return syllables.stream().flatMap(s -> s.phones().stream()).toList();
  }
}
