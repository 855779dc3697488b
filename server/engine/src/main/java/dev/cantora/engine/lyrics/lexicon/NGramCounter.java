package dev.cantora.engine.lyrics.lexicon;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Counts n-grams and turns them into a back-off model with interpolated, modified Kneser-Ney smoothing (Chen and
 * Goodman, "An empirical study of smoothing techniques for language modeling", 1998). Used at training time only.
 */
final class NGramCounter {

  private static final class Node {
    final TreeMap<Integer, Node> children = new TreeMap<>();
    int count;
    int precededBy;
    boolean fromStart;
    double probability;
    double backoff = 1;
  }

  private final int order;
  private final int startSymbol;
  private final int symbolCount;
  private final Node root = new Node();

  /**
   * @param order longest n-gram
   * @param symbolCount symbols are 0 up to this
   * @param startSymbol stands before every sequence and is never predicted
   */
  NGramCounter(int order, int symbolCount, int startSymbol) {
    this.order = order;
    this.symbolCount = symbolCount;
    this.startSymbol = startSymbol;
  }

  /** Counts a sequence, which holds its own end mark but not the start mark. */
  void add(int[] sequence) {
    int[] all = new int[sequence.length + 1];
    all[0] = startSymbol;
    System.arraycopy(sequence, 0, all, 1, sequence.length);
    for (int from = 0; from < all.length; from++) {
      Node node = root;
      for (int i = from; i < Math.min(all.length, from + order); i++) {
        node = node.children.computeIfAbsent(all[i], k -> new Node());
        node.count++;
        node.fromStart = from == 0;
      }
    }
  }

  /**
   * Smooths and freezes.
   *
   * @param keepFrom n-grams of five or more symbols seen less often are dropped
   */
  NGramTrie build(int keepFrom) {
    countContinuations(new ArrayList<>(), root);
    for (int depth = 1; depth <= order; depth++) {
      smooth(depth);
    }
    prune(root, 0, keepFrom);
    return freeze();
  }

  /** For every n-gram, in how many n-grams one longer it is the end. */
  private void countContinuations(List<Integer> path, Node node) {
    node.children.forEach((symbol, child) -> {
      path.add(symbol);
      if (path.size() > 1) {
        find(path.subList(1, path.size())).precededBy++;
      }
      countContinuations(path, child);
      path.removeLast();
    });
  }

  private Node find(List<Integer> path) {
    Node node = root;
    for (int symbol : path) {
      node = node.children.get(symbol);
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /** Raw counts for the longest n-grams and those from the start, continuation counts for the others. */
  private int weight(Node node, int depth) {
    return depth == order || node.fromStart ? node.count : node.precededBy;
  }

  private void smooth(int depth) {
    double[] discounts = discounts(depth);
    smoothBelow(root, new ArrayList<>(), depth, discounts);
  }

  private double[] discounts(int depth) {
    long[] seen = new long[5];
    countOf(root, 0, depth, seen);
    double y = seen[1] / (double) (seen[1] + 2 * seen[2]);
    double[] discounts = new double[4];
    for (int i = 1; i <= 3; i++) {
      double d = i - (i + 1) * y * seen[i + 1] / Math.max(1, seen[i]);
      discounts[i] = Double.isFinite(d) ? Math.clamp(d, 0.1, i - 0.05) : 0.5;
    }
    return discounts;
  }

  private void countOf(Node node, int at, int depth, long[] seen) {
    for (Node child : node.children.values()) {
      if (at + 1 == depth) {
        int w = weight(child, depth);
        if (w >= 1 && w <= 4) {
          seen[w]++;
        }
      } else {
        countOf(child, at + 1, depth, seen);
      }
    }
  }

  private void smoothBelow(Node node, List<Integer> path, int depth, double[] discounts) {
    if (path.size() < depth - 1) {
      node.children.forEach((symbol, child) -> {
        path.add(symbol);
        smoothBelow(child, path, depth, discounts);
        path.removeLast();
      });
      return;
    }
    double total = 0;
    double freed = 0;
    for (var e : node.children.entrySet()) {
      int w = e.getKey() == startSymbol ? 0 : weight(e.getValue(), depth);
      total += w;
      freed += Math.min(w, discounts[Math.min(w, 3)]);
    }
    if (total == 0) {
      return;
    }
    node.backoff = freed / total;
    Node shorterContext = path.isEmpty() ? null : find(path.subList(1, path.size()));
    for (var e : node.children.entrySet()) {
      int w = e.getKey() == startSymbol ? 0 : weight(e.getValue(), depth);
      double lower = shorterContext == null ? 1.0 / symbolCount : probability(path, 1, e.getKey());
      e.getValue().probability = (w - Math.min(w, discounts[Math.min(w, 3)])) / total + node.backoff * lower;
    }
  }

  private double probability(List<Integer> path, int from, int symbol) {
    Node context = find(path.subList(from, path.size()));
    Node child = context == null ? null : context.children.get(symbol);
    if (child != null) {
      return child.probability;
    }
    double backoff = context == null ? 1 : context.backoff;
    return backoff * (from == path.size() ? 1.0 / symbolCount : probability(path, from + 1, symbol));
  }

  /** Rare long n-grams go; the mass they held goes to the shorter context. */
  private void prune(Node node, int depth, int keepFrom) {
    double before = 0;
    double after = 0;
    var children = node.children.entrySet().iterator();
    while (children.hasNext()) {
      Node child = children.next().getValue();
      prune(child, depth + 1, keepFrom);
      before += child.probability;
      if (depth + 1 >= 5 && child.count < keepFrom && child.children.isEmpty()) {
        children.remove();
      } else {
        after += child.probability;
      }
    }
    if (before > after) {
      node.backoff += before - after;
    }
  }

  private NGramTrie freeze() {
    var nodes = new ArrayList<Node>(List.of(root));
    var symbols = new ArrayList<Integer>(List.of(0));
    var firstChild = new ArrayList<Integer>();
    for (int i = 0; i < nodes.size(); i++) {
      firstChild.add(nodes.size());
      nodes.get(i).children.forEach((symbol, child) -> {
        symbols.add(symbol);
        nodes.add(child);
      });
    }
    firstChild.add(nodes.size());
    byte[] costs = new byte[nodes.size()];
    byte[] backoffs = new byte[nodes.size()];
    short[] ids = new short[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      costs[i] = cost(nodes.get(i).probability);
      backoffs[i] = nodes.get(i).children.isEmpty() ? 0 : cost(nodes.get(i).backoff);
      ids[i] = symbols.get(i).shortValue();
    }
    return new NGramTrie(ids, costs, backoffs, firstChild.stream().mapToInt(Integer::intValue).toArray());
  }

  private static byte cost(double probability) {
    if (probability <= 0) {
      return (byte) NGramTrie.MOST_COST;
    }
    long units = Math.round(-StrictMath.log(Math.min(1, probability)) * NGramTrie.UNITS_PER_NAT);
    return (byte) Math.min(NGramTrie.MOST_COST, units);
  }
}
