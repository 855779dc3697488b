package dev.cantora.daemon.dictionary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The words of one principal. Immutable.
 *
 * @param languages by primary language subtag, then by the key under which a word is looked up: ARPAbet symbols
 */
public record UserDictionary(SortedMap<String, SortedMap<String, List<String>>> languages) {
  public static final UserDictionary EMPTY = new UserDictionary(Map.of());

  /** @param languages of any kind of map */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static UserDictionary of(Map<String, Map<String, List<String>>> languages) {
    return new UserDictionary(languages);
  }

  private UserDictionary(Map<String, ? extends Map<String, List<String>>> languages) {
    this(sorted(languages));
  }

  public UserDictionary {
    languages = Collections.unmodifiableSortedMap(languages);
  }

  private static SortedMap<String, SortedMap<String, List<String>>> sorted(
      Map<String, ? extends Map<String, List<String>>> languages) {
    SortedMap<String, SortedMap<String, List<String>>> copy = new TreeMap<>();
    languages.forEach((language, words) -> {
      if (!words.isEmpty()) {
        copy.put(language, Collections.unmodifiableSortedMap(new TreeMap<>(words)));
      }
    });
    return copy;
  }

  @JsonValue
  SortedMap<String, SortedMap<String, List<String>>> stored() {
    return languages;
  }

  /** The words of a language, possibly none. */
  public Map<String, List<String>> words(String language) {
    SortedMap<String, List<String>> words = languages.get(language);
    return words == null ? Map.of() : words;
  }

  int size() {
    return languages.values().stream().mapToInt(Map::size).sum();
  }

  /** With other words in one language; none removes it. */
  UserDictionary with(String language, Map<String, List<String>> words) {
    Map<String, Map<String, List<String>>> copy = new TreeMap<>(languages);
    copy.put(language, words);
    return new UserDictionary(copy);
  }
}
