package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.lexicon.LetterToSound;
import dev.cantora.engine.lyrics.lexicon.PackedLexicon;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllabifier;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** English: the CMU dictionary first, letters to sound for what it has not. */
public final class English implements Language {
  private final PackedLexicon lexicon;
  private final LetterToSound letters;

  public English(PackedLexicon lexicon, LetterToSound letters) {
    this.lexicon = lexicon;
    this.letters = letters;
  }

  @Override
  public String tag() {
    return "en";
  }

  @Override
  public Pronunciation pronounce(String word, String next, Warnings warnings) {
    String key = dictionaryKey(word);
    Optional<List<Segment>> found = lexicon.find(key).or(() -> lexicon.find(key.replace("-", "")));
    if (found.isPresent()) {
      return new Pronunciation(PronunciationSource.DICTIONARY, syllables(found.get()));
    }
    warnings.add("\"" + key + "\" is not in the dictionary; its sound was guessed from its letters.");
    return new Pronunciation(PronunciationSource.FALLBACK, syllables(letters.pronounce(key.replaceAll("[^a-z]", ""))));
  }

  @Override
  public List<Syllable> syllables(List<Segment> segments) {
    return Syllabifier.ENGLISH.split(segments);
  }

  @Override
  public String dictionaryKey(String word) {
    String folded = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return folded.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}'-]", "");
  }
}
