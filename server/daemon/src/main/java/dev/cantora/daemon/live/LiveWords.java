package dev.cantora.daemon.live;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.lyrics.PronouncedWord;
import dev.cantora.engine.lyrics.WordsResult;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns one principal's words into syllables for notes that are played live. Thread-safe. */
public final class LiveWords {

  /** Syllables in order, with remarks on words that were guessed. */
  record Result(List<SungSyllable> syllables, List<String> warnings) {}

  private final Phonemizer phonemizer;
  private final Function<String, Map<String, List<String>>> own;

  /** @param own the principal's dictionary of a language, by its primary subtag */
  LiveWords(Phonemizer phonemizer, Function<String, Map<String, List<String>>> own) {
    this.phonemizer = phonemizer;
    this.own = own;
  }

  /**
   * @param text words; {@code -}, {@code +} or {@code _} alone holds the vowel before for one more note
   * @param language BCP 47 tag, null for English
   */
  Result syllables(String text, String language) {
    List<SungSyllable> syllables = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (String token : text.strip().split("\\s+")) {
      if (token.equals("-") || token.equals("+") || token.equals("_")) {
        speak(words, language, syllables, warnings);
        syllables.add(SungSyllable.HOLD);
      } else {
        words.append(token).append(' ');
      }
    }
    speak(words, language, syllables, warnings);
    return new Result(syllables, warnings);
  }

  /**
   * A syllable spelled in phonemes.
   *
   * @return empty when one of the symbols is not ARPAbet
   */
  static Optional<SungSyllable> spelled(List<String> symbols) {
    List<Phone> phones = new ArrayList<>();
    for (String symbol : symbols) {
      Optional<Phone> phone = Phone.of(symbol);
      if (phone.isEmpty()) {
        return Optional.empty();
      }
      phones.add(phone.get());
    }
    Phone held = phones.stream().filter(Phone::isVowel).findFirst().orElse(phones.isEmpty() ? null : phones.getLast());
    return Optional.of(new SungSyllable(names(phones), held == null ? null : held.name()));
  }

  private void speak(StringBuilder words, String language, List<SungSyllable> syllables, List<String> warnings) {
    if (words.isEmpty()) {
      return;
    }
    WordsResult spoken = phonemizer.words(words.toString(), language, own.apply(phonemizer.language(language)));
    words.setLength(0);
    for (PronouncedWord word : spoken.words()) {
      for (Syllable syllable : word.syllables()) {
        syllables.add(new SungSyllable(names(syllable.phones()), syllable.nucleus().name()));
      }
    }
    warnings.addAll(spoken.warnings());
  }

  private static List<String> names(List<Phone> phones) {
    return phones.stream().map(Phone::name).toList();
  }
}
