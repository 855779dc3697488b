package dev.cantora.daemon.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.DictionaryAnswer;
import dev.cantora.api.model.DictionaryEntry;
import dev.cantora.api.model.DictionaryEntryAnswer;
import dev.cantora.api.model.DictionaryRemoved;
import dev.cantora.daemon.api.DictionaryService;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.engine.lyrics.Phonemizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The caller's dictionary over HTTP. */
public final class DictionaryRoutes extends DictionaryService {
  private static final int MAX_WORD_CHARS = 64;

  private final Dictionaries dictionaries;
  private final Phonemizer phonemizer;

  public DictionaryRoutes(Dictionaries dictionaries, Phonemizer phonemizer) {
    this.dictionaries = dictionaries;
    this.phonemizer = phonemizer;
  }

  @Override
  protected void listDictionary(Exchange exchange) {
    List<DictionaryEntry> entries = new ArrayList<>();
    dictionaries.of(exchange.principal().id()).languages().forEach((language, words) -> entries.addAll(entries(language, words)));
    exchange.json(new DictionaryAnswer(entries, Dictionaries.MAX_ENTRIES));
  }

  @Override
  protected void listDictionaryLanguage(Exchange exchange) {
    String language = language(exchange);
    answer(exchange, language, dictionaries.of(exchange.principal().id()));
  }

  @Override
  protected void replaceDictionaryLanguage(Exchange exchange) {
    String language = language(exchange);
    SortedMap<String, List<String>> words = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : exchange.body().get("entries").properties()) {
      String path = "entries." + entry.getKey();
      words.put(key(language, entry.getKey(), path), phonemes(entry.getValue(), path));
    }
    answer(exchange, language, dictionaries.change(exchange.principal().id(), before -> before.with(language, words)));
  }

  @Override
  protected void clearDictionaryLanguage(Exchange exchange) {
    String language = language(exchange);
    int[] removed = new int[1];
    dictionaries.change(exchange.principal().id(), before -> {
      removed[0] = before.words(language).size();
      return before.with(language, Map.of());
    });
    exchange.json(new DictionaryRemoved(removed[0]));
  }

  @Override
  protected void getDictionaryEntry(Exchange exchange) {
    String language = language(exchange);
    String word = key(language, exchange.parameter("word"), "word");
    List<String> phonemes = dictionaries.of(exchange.principal().id()).words(language).get(word);
    if (phonemes == null) {
      throw notThere();
    }
    exchange.json(new DictionaryEntryAnswer(new DictionaryEntry(language, word, phonemes)));
  }

  @Override
  protected void putDictionaryEntry(Exchange exchange) {
    String language = language(exchange);
    String word = key(language, exchange.parameter("word"), "word");
    List<String> phonemes = phonemes(exchange.body().get("phonemes"), "phonemes");
    dictionaries.change(exchange.principal().id(), before -> {
      Map<String, List<String>> words = new HashMap<>(before.words(language));
      words.put(word, phonemes);
      return before.with(language, words);
    });
    exchange.json(new DictionaryEntryAnswer(new DictionaryEntry(language, word, phonemes)));
  }

  @Override
  protected void deleteDictionaryEntry(Exchange exchange) {
    String language = language(exchange);
    String word = key(language, exchange.parameter("word"), "word");
    dictionaries.change(exchange.principal().id(), before -> {
      Map<String, List<String>> words = new HashMap<>(before.words(language));
      if (words.remove(word) == null) {
        throw notThere();
      }
      return before.with(language, words);
    });
    exchange.json(new DictionaryRemoved(1));
  }

  private static void answer(Exchange exchange, String language, UserDictionary dictionary) {
    exchange.json(new DictionaryAnswer(entries(language, dictionary.words(language)), Dictionaries.MAX_ENTRIES));
  }

  private static List<DictionaryEntry> entries(String language, Map<String, List<String>> words) {
    return words.entrySet().stream().map(e -> new DictionaryEntry(language, e.getKey(), e.getValue())).toList();
  }

  private String language(Exchange exchange) {
    String language = exchange.parameter("language");
    if (!phonemizer.languages().contains(language)) {
      throw invalid("language", "must be one of " + String.join(", ", phonemizer.languages()), "enum");
    }
    return language;
  }

  private String key(String language, String word, String path) {
    String key = word.length() > MAX_WORD_CHARS ? "" : phonemizer.dictionaryKey(language, word);
    if (key.isEmpty()) {
      throw invalid(path, "must be a word of at most " + MAX_WORD_CHARS + " characters", "pattern");
    }
    return key;
  }

  private static List<String> phonemes(JsonNode symbols, String path) {
    List<String> phonemes = new ArrayList<>();
    for (JsonNode symbol : symbols) {
      if (!Phonemizer.isPhoneme(symbol.asText())) {
        throw invalid(path + "." + phonemes.size(), "is no ARPAbet symbol of this inventory", "phoneme");
      }
      phonemes.add(symbol.asText().strip().toUpperCase(java.util.Locale.ROOT));
    }
    return List.copyOf(phonemes);
  }

  private static ApiException notThere() {
    return new ApiException(ErrorCode.NOT_FOUND, "The dictionary does not have this word.");
  }

  private static ApiException invalid(String path, String problem, String code) {
    return Schemas.invalidBody(List.of(new Issue(path, problem, code)));
  }
}
