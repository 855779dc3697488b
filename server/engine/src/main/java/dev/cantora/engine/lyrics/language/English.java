package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.lexicon.LetterToSound;
import dev.cantora.engine.lyrics.lexicon.PackedLexicon;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllabifier;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.Warnings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * English. A word is looked for in our own list (homographs, verse, sung sounds), then in the CMU dictionary; then its
 * endings and parts are tried; figures and abbreviations are spelled out; what is left goes from letters to sounds.
 */
public final class English implements Language {

  private static final Map<String, String> ABBREVIATIONS = Map.ofEntries(
      Map.entry("mr", "mister"), Map.entry("mrs", "missus"), Map.entry("ms", "miz"), Map.entry("dr", "doctor"),
      Map.entry("st", "saint"), Map.entry("prof", "professor"), 
      Map.entry("jr", "junior"), Map.entry("sr", "senior"), Map.entry("vs", "versus"),
      Map.entry("etc", "et cetera"), Map.entry("ft", "featuring"),
      Map.entry("vol", "volume"), Map.entry("capt", "captain"), Map.entry("sgt", "sergeant"),
      Map.entry("lt", "lieutenant"), Map.entry("approx", "approximately"), Map.entry("&", "and"),
      Map.entry("@", "at"), Map.entry("%", "percent"), Map.entry("w/o", "without"), Map.entry("xmas", "christmas"));

  private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}'&@%$£€¥#:.,-]");
  private static final Pattern ROMAN = Pattern.compile("X{0,3}(?:IX|IV|V?I{0,3})");
  private static final List<String> ROMAN_DIGITS = List.of("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX");

  private final PackedLexicon lexicon;
  private final Supplier<LetterToSound> letters;
  private final Map<String, List<Segment>> ownWords;

  /** @param letters asked for when a first word needs it, since a trained model takes a moment to load */
  public English(PackedLexicon lexicon, Supplier<LetterToSound> letters) {
    this.lexicon = lexicon;
    this.letters = letters;
    this.ownWords = readOwnWords();
  }

  private static Map<String, List<Segment>> readOwnWords() {
    var words = new HashMap<String, List<Segment>>();
    try (InputStream in = English.class.getResourceAsStream("english-words.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] fields = line.strip().split(" ");
          var sounds = new ArrayList<Segment>();
          for (int i = 1; i < fields.length; i++) {
            sounds.add(Segment.parse(fields[i]).orElseThrow(() -> new IllegalStateException(line)));
          }
          words.put(fields[0], List.copyOf(sounds));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in English words cannot be read", e);
    }
    return Map.copyOf(words);
  }

  @Override
  public String tag() {
    return "en";
  }

  @Override
  public Pronunciation pronounce(String word, String next, Warnings warnings) {
    String key = key(word);
    if (key.equals("the")) {
      return new Pronunciation(PronunciationSource.DICTIONARY, syllables(the(next)));
    }
    Optional<Pronunciation> known = ABBREVIATIONS.containsKey(key) ? Optional.empty() : known(key);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<List<String>> spelledOut = spellOut(word.strip(), key);
    if (spelledOut.isPresent()) {
      return spoken(spelledOut.get(), warnings);
    }
    if (key.indexOf('-') > 0) {
      return spoken(List.of(key.split("-+")), warnings);
    }
    warnings.add("\"" + key + "\" is not in the dictionary; its sound was guessed from its letters.");
    return guessed(key);
  }

  private Pronunciation guessed(String key) {
    String plain = foldSpecials(key).replaceAll("[^a-z]", "");
    List<Segment> sounds = plain.isEmpty() ? List.of(new Segment(Phone.AH, 1)) : letters.get().pronounce(plain);
    return new Pronunciation(PronunciationSource.FALLBACK, syllables(sounds));
  }

  /** Dictionaries, then the endings that they may lack. */
  private Optional<Pronunciation> known(String key) {
    return find(key).map(s -> new Pronunciation(PronunciationSource.DICTIONARY, syllables(s)))
        .or(() -> inflected(key).map(s -> new Pronunciation(PronunciationSource.RULE, syllables(s))))
        .or(() -> unquoted(key).map(s -> new Pronunciation(PronunciationSource.DICTIONARY, syllables(s))));
  }

  private Optional<List<Segment>> unquoted(String key) {
    return key.startsWith("'") || key.endsWith("'") ? find(key.replaceAll("^'+|'+$", "")) : Optional.empty();
  }

  private Optional<List<Segment>> find(String key) {
    List<Segment> own = ownWords.get(key);
    if (own != null) {
      return Optional.of(own);
    }
    return lexicon.find(key)
        .or(() -> key.indexOf('-') > 0 ? lexicon.find(key.replace("-", "")) : Optional.empty())
        .or(() -> key.indexOf('.') > 0 ? lexicon.find(key + ".") : Optional.empty());
  }

  /** Possessive {@code 's}, dropped g ({@code lovin'}), swallowed e ({@code lov'd}, {@code wond'rous}). */
  private Optional<List<Segment>> inflected(String key) {
    if (key.endsWith("'s") || key.endsWith("s'")) {
      return find(key.substring(0, key.length() - 2) + (key.endsWith("s'") ? "s" : ""))
          .map(base -> key.endsWith("s'") ? base : EnglishEndings.plural(base));
    }
    if (key.endsWith("in'")) {
      return find(key.substring(0, key.length() - 1) + "g").map(EnglishEndings::withoutG);
    }
    int mark = key.indexOf('\'');
    if (mark > 0 && mark < key.length() - 1) {
      return find(key.replaceFirst("'", "e")).map(full -> EnglishEndings.withoutWeakVowel(full, key.endsWith("'d")));
    }
    return Optional.empty();
  }

  /** Words in place of figures, abbreviations, initials and Roman numerals; empty when the word is none of these. */
  private Optional<List<String>> spellOut(String word, String key) {
    String compact = word.toLowerCase(Locale.ROOT);
    String abbreviation = ABBREVIATIONS.get(compact.replace(".", ""));
    if (abbreviation != null) {
      return Optional.of(List.of(abbreviation.split(" ")));
    }
    Optional<List<String>> number = EnglishNumbers.words(compact);
    if (number.isPresent()) {
      return number;
    }
    if (word.length() >= 2 && ROMAN.matcher(word).matches()) {
      int tens = (int) word.chars().takeWhile(c -> c == 'X').count();
      return EnglishNumbers.words(String.valueOf(10 * tens + ROMAN_DIGITS.indexOf(word.substring(tens))));
    }
    if (word.matches("(?:[A-Z]\\.?){2,6}") && (word.indexOf('.') > 0 || !word.matches(".*[AEIOUY].*"))) {
      return Optional.of(word.replace(".", "").toLowerCase(Locale.ROOT).chars().mapToObj(Character::toString).toList());
    }
    return mixed(key);
  }

  /** Letters and figures in one word, such as {@code mp3} or {@code b52}. */
  private static Optional<List<String>> mixed(String key) {
    if (key.codePoints().noneMatch(Character::isDigit)) {
      return Optional.empty();
    }
    var parts = new ArrayList<String>();
    for (String part : key.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)|[-'.,:]+")) {
      EnglishNumbers.words(part).ifPresentOrElse(parts::addAll, () -> {
        if (part.length() <= 2) {
          part.chars().mapToObj(Character::toString).forEach(parts::add);
        } else {
          parts.add(part);
        }
      });
    }
    parts.removeIf(p -> p.codePoints().noneMatch(Character::isLetter));
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
  }

  private Pronunciation spoken(List<String> words, Warnings warnings) {
    var syllables = new ArrayList<Syllable>();
    for (String word : words) {
      if (!word.isEmpty()) {
        syllables.addAll(known(word).orElseGet(() -> {
          warnings.add("\"" + word + "\" is not in the dictionary; its sound was guessed from its letters.");
          return guessed(word);
        }).syllables());
      }
    }
    return new Pronunciation(PronunciationSource.RULE, syllables);
  }

  /** {@code thee} before a vowel, else {@code thuh}. */
  private List<Segment> the(String next) {
    Optional<Pronunciation> after = next.isEmpty() ? Optional.empty() : known(key(next));
    boolean beforeVowel = after.map(p -> p.syllables().getFirst().onset().isEmpty())
        .orElse(!next.isEmpty() && "aeiouAEIOU8".indexOf(next.charAt(0)) >= 0);
    return List.of(new Segment(Phone.DH, 0), new Segment(beforeVowel ? Phone.IY : Phone.AH, 0));
  }

  @Override
  public boolean isAbbreviation(String word) {
    String key = key(word);
    return ABBREVIATIONS.containsKey(key) && !key.equals("etc") || key.matches("[a-z](\\.[a-z])+");
  }

  @Override
  public List<Syllable> syllables(List<Segment> segments) {
    return Syllabifier.ENGLISH.split(segments);
  }

  @Override
  public String dictionaryKey(String word) {
    return key(word);
  }

  private static String key(String word) {
    String folded = Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    return NOT_WORD.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** Letters of the Latin script that have no decomposition. */
  private static String foldSpecials(String word) {
    return word.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe").replace("ø", "o").replace("ð", "th")
        .replace("þ", "th").replace("ł", "l").replace("đ", "d").replace("ı", "i");
  }
}
