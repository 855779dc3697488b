package dev.cantora.engine.lyrics.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects sentences for the caller, each once, and not without end. Not thread-safe. */
public final class Warnings {
  private static final int MOST = 200;

  private final Set<String> sentences = new LinkedHashSet<>();
  private int unlisted;

  public void add(String sentence) {
    if (sentences.contains(sentence)) {
      return;
    }
    if (sentences.size() < MOST) {
      sentences.add(sentence);
    } else {
      unlisted++;
    }
  }

  public List<String> list() {
    var all = new java.util.ArrayList<>(sentences);
    if (unlisted > 0) {
      all.add(unlisted + " further warnings are not listed.");
    }
    return List.copyOf(all);
  }
}
