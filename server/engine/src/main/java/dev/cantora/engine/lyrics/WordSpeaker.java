package dev.cantora.engine.lyrics;

import dev.cantora.engine.lyrics.language.Language.Pronunciation;
import dev.cantora.engine.lyrics.language.Languages;
import dev.cantora.engine.lyrics.language.Language;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.LyricToken;
import dev.cantora.engine.lyrics.text.LyricTokenizer;
import dev.cantora.engine.lyrics.text.PhraseBreak;
import dev.cantora.engine.lyrics.text.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pronounces texts in one language: hint before user's dictionary before language. Not thread-safe. */
final class WordSpeaker {

  /** What a text becomes. */
  sealed interface Item {
    record Spoken(PronouncedWord word) implements Item {}

    record Hold() implements Item {}
  }

  private final Languages languages;
  private final Language language;
  private final Map<String, List<Segment>> userWords = new HashMap<>();
  private final Warnings warnings;
  /** Lyrics of single notes: songs repeat their words. */
  private final Map<String, List<Item>> spoken = new HashMap<>();

  WordSpeaker(Languages languages, Language language, Map<String, List<String>> userDictionary, Warnings warnings) {
    this.languages = languages;
    this.language = language;
    this.warnings = warnings;
    userDictionary.forEach((word, symbols) -> {
      List<Segment> segments = segments(symbols, "the dictionary entry \"" + word + "\"");
      if (!segments.isEmpty()) {
        userWords.put(language.dictionaryKey(word), segments);
      }
    });
  }

  Optional<Syllable> contract(Syllable before, Syllable weak) {
    return language.contract(before, weak);
  }

  /** As {@link #speak}, remembered: for the short texts of single notes. */
  List<Item> speakAgain(String text) {
    return spoken.computeIfAbsent(text, this::speak);
  }

  List<Item> speak(String text) {
    List<LyricToken> tokens = LyricTokenizer.tokenize(text);
    if (tokens.isEmpty() && !text.isBlank()) {
      warnings.add("The lyrics hold no words.");
    }
    var items = new ArrayList<Item>();
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i)) {
        case LyricToken.Hold hold -> items.add(new Item.Hold());
        case LyricToken.Word word -> speakWord(word, nextWord(tokens, i)).ifPresent(w -> items.add(new Item.Spoken(w)));
      }
    }
    return items;
  }

  private static String nextWord(List<LyricToken> tokens, int index) {
    for (int i = index + 1; i < tokens.size(); i++) {
      if (tokens.get(i) instanceof LyricToken.Word w) {
        return w.text();
      }
    }
    return "";
  }

  private Optional<PronouncedWord> speakWord(LyricToken.Word word, String next) {
    if (word.hint() != null) {
      List<Segment> segments = segments(List.of(word.hint()), "[" + word.hint() + "]");
      if (!segments.isEmpty()) {
        String text = word.text().isEmpty() ? "[" + word.hint() + "]" : word.text();
        return Optional.of(
            new PronouncedWord(text, PronunciationSource.HINT, language.syllables(segments), word.after()));
      }
      if (word.text().isEmpty()) {
        return Optional.empty();
      }
    }
    List<Segment> own = userWords.get(language.dictionaryKey(word.text()));
    Pronunciation said = own != null
        ? new Pronunciation(PronunciationSource.USER, language.syllables(own))
        : languages.forWord(word.text(), language).pronounce(word.text(), next, warnings);
    boolean stopOfWord = !next.isEmpty() && language.isAbbreviation(word.text());
    return Optional.of(new PronouncedWord(word.text().toLowerCase(Locale.ROOT), said.source(), said.syllables(),
        stopOfWord ? PhraseBreak.NONE : word.after()));
  }

  private List<Segment> segments(List<String> symbols, String where) {
    var segments = new ArrayList<Segment>();
    for (String symbol : String.join(" ", symbols).strip().split("[\\s,]+")) {
      if (!symbol.isEmpty()) {
        Segment.parse(symbol).ifPresentOrElse(segments::add,
            () -> warnings.add("\"" + symbol + "\" in " + where + " is no phoneme; it was left out."));
      }
    }
    return segments;
  }
}
