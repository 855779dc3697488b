package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.text.Warnings;
import dev.cantora.engine.lyrics.lexicon.EnglishLexicon;
import java.util.List;
import java.util.Locale;

/** Chooses a language by its tag. */
public final class Languages {
  private final List<Language> all;

  public Languages() {
    all = List.of(new English(EnglishLexicon.dictionary(), EnglishLexicon.letterToSound()));
  }

  /** Primary subtags of what is spoken here, English first. */
  public List<String> tags() {
    return all.stream().map(Language::tag).toList();
  }

  /**
   * Finds a language; upper and lower case, region and script subtags do not matter.
   *
   * @param tag BCP 47, null or blank for English; an unknown one gives a warning and English
   */
  public Language choose(String tag, Warnings warnings) {
    String primary = tag == null || tag.isBlank() ? "en" : tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    for (Language language : all) {
      if (language.tag().equals(primary)) {
        return language;
      }
    }
    warnings.add("Language \"" + tag + "\" is not supported (supported: " + String.join(", ", tags())
        + "); the words are sung as English.");
    return all.getFirst();
  }
}
