package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.lexicon.EnglishLexicon;
import dev.cantora.engine.lyrics.text.Warnings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Chooses a language by its tag. */
public final class Languages {
  private final Language english = new English(EnglishLexicon.dictionary(), EnglishLexicon::letterToSound);
  private final Language japanese = new Japanese(english);
  private final Language castilian = Spanish.create(true);
  private final Map<String, Language> byTag = new LinkedHashMap<>();

  public Languages() {
    for (Language language : List.of(english, japanese, Spanish.create(false), Italian.create(), German.create(),
        Latin.create())) {
      byTag.put(language.tag(), language);
    }
  }

  /** Primary subtags of what is spoken here, English first. */
  public List<String> tags() {
    return List.copyOf(byTag.keySet());
  }

  /**
   * Finds a language. Case, region and script do not matter, but that {@code es-ES} tells c and z from s.
   *
   * @param tag BCP 47, null or blank for English; an unknown one gives a warning and English
   */
  public Language choose(String tag, Warnings warnings) {
    String[] subtags = tag == null || tag.isBlank() ? new String[] {"en"}
        : tag.strip().toLowerCase(Locale.ROOT).split("[-_]");
    if (subtags.length == 2 && subtags[0].equals("es") && subtags[1].equals("es")) {
      return castilian;
    }
    Language language = subtags.length == 0 ? null : byTag.get(subtags[0]);
    if (language == null) {
      warnings.add("Language \"" + tag + "\" is not supported (supported: " + String.join(", ", tags())
          + "); the words are sung as English.");
      return english;
    }
    return language;
  }

  /** The language that reads a word in a text of another: kana are Japanese everywhere. */
  public Language forWord(String word, Language ofText) {
    return Kana.isIn(word) ? japanese : ofText;
  }
}
