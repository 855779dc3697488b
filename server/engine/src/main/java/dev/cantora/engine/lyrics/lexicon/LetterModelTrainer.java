package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Trains the letter model from the packed dictionary, without the tenth of its words that is held out, and prints how
 * many held-out words it gets right: {@code LetterModelTrainer letters.l2s}.
 */
final class LetterModelTrainer {
  /** Measured on held-out words: order 8 is no better (70.2 %); keeping every n-gram gains 0.5 % and doubles the file. */
  private static final int ORDER = 7;
  private static final int KEEP_FROM = 2;
  private static final int EM_ITERATIONS = 12;
  private static final int RAREST_GRAPHONE = 3;

  private LetterModelTrainer() {}

  public static void main(String[] args) throws IOException {
    JointLetterModel model = train(words(false));
    try (var out = Files.newOutputStream(Path.of(args[0]))) {
      model.write(out);
    }
    System.out.printf("%d bytes%n", Files.size(Path.of(args[0])));
    long start = System.nanoTime();
    System.out.println(LetterAccuracy.measure(model, words(true)));
    System.out.printf("%.2f ms a word%n", (System.nanoTime() - start) / 1e6 / words(true).size());
    System.out.println("naive rules: " + LetterAccuracy.measure(new NaiveLetters(), words(true)));
  }

  /** Words of a..z alone; those held out, or the others. */
  static List<Map.Entry<String, List<Segment>>> words(boolean heldOut) {
    var words = new ArrayList<Map.Entry<String, List<Segment>>>();
    EnglishLexicon.dictionary().forEach((word, sounds) -> {
      if (word.chars().allMatch(c -> c >= 'a' && c <= 'z') && isHeldOut(word) == heldOut) {
        words.add(Map.entry(word, sounds));
      }
    });
    return words;
  }

  /** A tenth of all words, chosen by their CRC-32 so that the choice never changes. */
  static boolean isHeldOut(String word) {
    var crc = new CRC32();
    crc.update(word.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue() % 10 == 0;
  }

  static JointLetterModel train(List<Map.Entry<String, List<Segment>>> words) {
    var aligner = new GraphoneAligner();
    aligner.train(words, EM_ITERATIONS);
    var chains = new ArrayList<List<Graphone>>();
    var counts = new HashMap<Graphone, Integer>();
    for (var word : words) {
      aligner.align(word.getKey(), word.getValue()).ifPresent(chain -> {
        chains.add(chain);
        chain.forEach(g -> counts.merge(g, 1, Integer::sum));
      });
    }
    List<Graphone> kept = counts.entrySet().stream().filter(e -> e.getValue() >= RAREST_GRAPHONE).map(Map.Entry::getKey)
        .sorted(Comparator.comparing(Graphone::letter).thenComparing(g -> g.sounds().toString())).toList();
    var symbols = new HashMap<Graphone, Integer>();
    kept.forEach(g -> symbols.put(g, JointLetterModel.FIRST_GRAPHONE + symbols.size()));
    var counter = new NGramCounter(ORDER, JointLetterModel.FIRST_GRAPHONE + kept.size(), JointLetterModel.START);
    for (List<Graphone> chain : chains) {
      if (symbols.keySet().containsAll(chain)) {
        int[] sequence = new int[chain.size() + 1]; // the last is END, which is 0
        for (int i = 0; i < chain.size(); i++) {
          sequence[i] = symbols.get(chain.get(i));
        }
        counter.add(sequence);
      }
    }
    NGramTrie trie = counter.build(KEEP_FROM);
    System.out.println(words.size() + " words, " + chains.size() + " aligned, " + kept.size() + " graphones, "
        + trie.size() + " n-grams");
    return new JointLetterModel(kept, trie);
  }
}
