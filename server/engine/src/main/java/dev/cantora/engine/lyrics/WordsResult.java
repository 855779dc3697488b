package dev.cantora.engine.lyrics;

import java.util.List;

/** Pronunciation of a text without notes. */
public record WordsResult(List<PronouncedWord> words, List<String> warnings) {
  public WordsResult {
    words = List.copyOf(words);
    warnings = List.copyOf(warnings);
  }
}
