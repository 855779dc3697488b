package dev.cantora.engine.lyrics.lexicon;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A back-off n-gram model in flat arrays. A node is an n-gram, its children the n-grams one symbol longer, sorted by
 * symbol; nodes are stored level by level, so that a node's children are contiguous. Costs are minus the natural
 * logarithm of a probability in sixteenths, one byte each: sums are exact integers, the same on every machine.
 */
final class NGramTrie {
  /** Cost units in one nat. */
  static final double UNITS_PER_NAT = 16;

  /** The highest cost that a byte holds. */
  static final int MOST_COST = 255;

  static final int ROOT = 0;

  private final short[] symbols;
  private final byte[] costs;
  private final byte[] backoffCosts;
  private final int[] firstChild; // of node i; its children end where those of node i + 1 begin
  private final int[] shorter; // the n-gram without its oldest symbol

  NGramTrie(short[] symbols, byte[] costs, byte[] backoffCosts, int[] firstChild) {
    this.symbols = symbols;
    this.costs = costs;
    this.backoffCosts = backoffCosts;
    this.firstChild = firstChild;
    this.shorter = new int[symbols.length];
    for (int node = 0; node < symbols.length; node++) {
      for (int child = firstChild[node]; child < firstChild[node + 1]; child++) {
        shorter[child] = node == ROOT ? ROOT : longestFrom(shorter[node], symbols[child]);
      }
    }
  }

  int size() {
    return symbols.length;
  }

  /** The n-gram that follows a context after a symbol: the longest that the model knows. */
  int next(int context, int symbol) {
    return longestFrom(context, (short) symbol);
  }

  private int longestFrom(int context, short symbol) {
    int at = context;
    while (true) {
      int child = child(at, symbol);
      if (child >= 0) {
        return child;
      }
      if (at == ROOT) {
        return ROOT;
      }
      at = shorter[at];
    }
  }

  /** Cost of a symbol after a context. */
  int cost(int context, int symbol) {
    int backedOff = 0;
    int at = context;
    while (true) {
      int child = child(at, (short) symbol);
      if (child >= 0) {
        return backedOff + (costs[child] & 0xFF);
      }
      if (at == ROOT) {
        return backedOff + MOST_COST;
      }
      backedOff += backoffCosts[at] & 0xFF;
      at = shorter[at];
    }
  }

  private int child(int node, short symbol) {
    int found = Arrays.binarySearch(symbols, firstChild[node], firstChild[node + 1], symbol);
    return found >= 0 ? found : -1;
  }

  /** Each kind of value in a row of its own, which deflates best. */
  void write(DataOutputStream out) throws IOException {
    out.writeInt(symbols.length);
    for (int i = 0; i < symbols.length; i++) {
      out.writeShort(firstChild[i + 1] - firstChild[i]);
    }
    for (short symbol : symbols) {
      out.writeShort(symbol);
    }
    out.write(costs);
    out.write(backoffCosts);
  }

  static NGramTrie read(DataInputStream in) throws IOException {
    int size = in.readInt();
    byte[] shorts = new byte[2 * size];
    in.readFully(shorts);
    int[] firstChild = new int[size + 1];
    firstChild[0] = 1;
    for (int i = 0; i < size; i++) {
      firstChild[i + 1] = firstChild[i] + shortAt(shorts, i);
    }
    in.readFully(shorts);
    short[] symbols = new short[size];
    for (int i = 0; i < size; i++) {
      symbols[i] = (short) shortAt(shorts, i);
    }
    byte[] costs = new byte[size];
    byte[] backoffCosts = new byte[size];
    in.readFully(costs);
    in.readFully(backoffCosts);
    return new NGramTrie(symbols, costs, backoffCosts, firstChild);
  }

  private static int shortAt(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xFF) << 8 | bytes[2 * index + 1] & 0xFF;
  }
}
