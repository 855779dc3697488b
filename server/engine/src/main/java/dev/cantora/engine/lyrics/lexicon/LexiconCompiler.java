package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Packs the CMU Pronouncing Dictionary: {@code LexiconCompiler index.js cmudict.clx}, where the first file is that of the
 * npm package cmu-pronouncing-dictionary (one {@code word: "PHONES"} a line). Numbered variants are left out, since
 * nothing would choose them.
 */
final class LexiconCompiler {
  private static final Pattern ENTRY = Pattern.compile("\\s+(?:\"([^\"]+)\"|([a-z]+)): \"([^\"]+)\",?");

  private LexiconCompiler() {}

  public static void main(String[] args) throws IOException {
    SortedMap<String, List<Segment>> words = parse(Files.readAllLines(Path.of(args[0])));
    try (var out = Files.newOutputStream(Path.of(args[1]))) {
      PackedLexicon.write(words, out);
    }
    System.out.println(words.size() + " words, " + Files.size(Path.of(args[1])) + " bytes");
  }

  static SortedMap<String, List<Segment>> parse(List<String> lines) throws IOException {
    var words = new TreeMap<String, List<Segment>>();
    for (String line : lines) {
      var m = ENTRY.matcher(line);
      if (!m.matches()) {
        continue;
      }
      String word = m.group(1) != null ? m.group(1) : m.group(2);
      if (!word.endsWith(")")) {
        words.put(word, segments(word, m.group(3)));
      }
    }
    return words;
  }

  private static List<Segment> segments(String word, String pronunciation) throws IOException {
    String symbols = pronunciation.replaceFirst("\\s*#.*", ""); // a few entries carry a comment
    var out = new ArrayList<Segment>();
    for (String symbol : symbols.split(" ")) {
      out.add(Segment.parse(symbol).orElseThrow(() -> new IOException(word + ": unknown symbol " + symbol)));
    }
    return List.copyOf(out);
  }
}
