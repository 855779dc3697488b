package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which letter of a word stands for which of its sounds, by expectation maximisation over all ways to give each
 * letter none, one or two sounds (a one-letter case of the joint-sequence alignment of Bisani and Ney, "Joint-sequence
 * models for grapheme-to-phoneme conversion", Speech Communication 50, 2008). Used at training time only.
 */
final class GraphoneAligner {
  private static final int MOST_SOUNDS = 2;
  private static final double UNSEEN = 1e-12;

  private Map<Graphone, Double> probability = Map.of();

  /** Runs EM from a flat start. */
  void train(List<Map.Entry<String, List<Segment>>> words, int iterations) {
    for (int i = 0; i < iterations; i++) {
      var counts = new HashMap<Graphone, Double>();
      boolean flat = i == 0;
      words.forEach(w -> expect(w.getKey(), w.getValue(), flat, counts));
      double total = counts.values().stream().mapToDouble(Double::doubleValue).sum();
      counts.replaceAll((g, c) -> c / total);
      probability = counts;
    }
  }

  /** The likeliest alignment, one graphone a letter; empty when there are more than two sounds for every letter. */
  Optional<List<Graphone>> align(String word, List<Segment> sounds) {
    int n = word.length();
    int m = sounds.size();
    double[][] best = new double[n + 1][m + 1];
    int[][] taken = new int[n + 1][m + 1];
    best[0][0] = 1;
    for (int i = 1; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k <= Math.min(MOST_SOUNDS, j); k++) {
          double p = best[i - 1][j - k] * weight(word, sounds, i - 1, j - k, k, false);
          if (p > best[i][j]) {
            best[i][j] = p;
            taken[i][j] = k;
          }
        }
      }
      rescale(best[i]);
    }
    if (best[n][m] == 0) {
      return Optional.empty();
    }
    var graphones = new ArrayList<Graphone>();
    for (int i = n, j = m; i > 0; i--) {
      int k = taken[i][j];
      graphones.addFirst(new Graphone(word.charAt(i - 1), sounds.subList(j - k, j)));
      j -= k;
    }
    return Optional.of(graphones);
  }

  private void expect(String word, List<Segment> sounds, boolean flat, Map<Graphone, Double> counts) {
    int n = word.length();
    int m = sounds.size();
    double[][] forward = new double[n + 1][m + 1];
    double[][] backward = new double[n + 1][m + 1];
    forward[0][0] = 1;
    for (int i = 1; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k <= Math.min(MOST_SOUNDS, j); k++) {
          forward[i][j] += forward[i - 1][j - k] * weight(word, sounds, i - 1, j - k, k, flat);
        }
      }
    }
    backward[n][m] = 1;
    for (int i = n - 1; i >= 0; i--) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k <= Math.min(MOST_SOUNDS, m - j); k++) {
          backward[i][j] += backward[i + 1][j + k] * weight(word, sounds, i, j, k, flat);
        }
      }
    }
    double total = forward[n][m];
    if (total <= 0) {
      return;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= m; j++) {
        for (int k = 0; k <= Math.min(MOST_SOUNDS, m - j); k++) {
          double p = forward[i][j] * weight(word, sounds, i, j, k, flat) * backward[i + 1][j + k] / total;
          if (p > 1e-9) {
            counts.merge(new Graphone(word.charAt(i), sounds.subList(j, j + k)), p, Double::sum);
          }
        }
      }
    }
  }

  private double weight(String word, List<Segment> sounds, int letter, int from, int count, boolean flat) {
    return flat ? 1 : probability.getOrDefault(new Graphone(word.charAt(letter), sounds.subList(from, from + count)), UNSEEN);
  }

  private static void rescale(double[] row) {
    double most = 0;
    for (double p : row) {
      most = Math.max(most, p);
    }
    for (int j = 0; j < row.length && most > 0; j++) {
      row[j] /= most;
    }
  }
}
