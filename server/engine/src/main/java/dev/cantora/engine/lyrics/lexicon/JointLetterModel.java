package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Letters to sounds by a joint n-gram model: the likeliest chain of graphones that spells the word, found by beam search.
 * Immutable and thread-safe.
 */
final class JointLetterModel implements LetterToSound {
  private static final int MAGIC = 0x4C325332; // "L2S2"
  private static final int BEAM = 48;

  /** Symbol that ends a word; the start symbol comes after it. Graphones follow from 2. */
  static final int END = 0;
  static final int START = 1;
  static final int FIRST_GRAPHONE = 2;

  private final List<Graphone> graphones;
  private final NGramTrie trie;
  private final int[][] symbolsOfLetter = new int[26][];

  JointLetterModel(List<Graphone> graphones, NGramTrie trie) {
    this.graphones = List.copyOf(graphones);
    this.trie = trie;
    for (int letter = 0; letter < 26; letter++) {
      char c = (char) ('a' + letter);
      var symbols = new ArrayList<Integer>();
      for (int i = 0; i < graphones.size(); i++) {
        if (graphones.get(i).letter() == c) {
          symbols.add(FIRST_GRAPHONE + i);
        }
      }
      symbolsOfLetter[letter] = symbols.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private record Path(Path before, int symbol, int context, int cost) {}

  @Override
  public List<Segment> pronounce(String letters) {
    List<Path> beam = List.of(new Path(null, START, trie.next(NGramTrie.ROOT, START), 0));
    for (int i = 0; i < letters.length(); i++) {
      beam = extend(beam, symbolsOfLetter[letters.charAt(i) - 'a']);
    }
    Path best = null;
    int bestCost = Integer.MAX_VALUE;
    for (Path path : beam) {
      int cost = path.cost() + trie.cost(path.context(), END);
      if (cost < bestCost && sounds(path)) {
        best = path;
        bestCost = cost;
      }
    }
    return best == null ? new NaiveLetters().pronounce(letters) : spell(best);
  }

  /** The best continuations; of paths that end in one context only the cheapest can win. */
  private List<Path> extend(List<Path> beam, int[] symbols) {
    var byContext = new HashMap<Integer, Path>();
    for (Path path : beam) {
      for (int symbol : symbols) {
        var extended = new Path(path, symbol, trie.next(path.context(), symbol),
            path.cost() + trie.cost(path.context(), symbol));
        byContext.merge(extended.context(), extended, (a, b) -> a.cost() <= b.cost() ? a : b);
      }
    }
    return byContext.values().stream()
        .sorted(Comparator.comparingInt(Path::cost).thenComparingInt(Path::context)).limit(BEAM).toList();
  }

  private boolean sounds(Path path) {
    for (Path p = path; p.before() != null; p = p.before()) {
      if (!graphones.get(p.symbol() - FIRST_GRAPHONE).sounds().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private List<Segment> spell(Path path) {
    var sounds = new ArrayList<Segment>();
    for (Path p = path; p.before() != null; p = p.before()) {
      sounds.addAll(0, graphones.get(p.symbol() - FIRST_GRAPHONE).sounds());
    }
    return List.copyOf(sounds);
  }

  static JointLetterModel read(InputStream in) throws IOException {
    try (var d = new DataInputStream(new InflaterInputStream(in))) {
      if (d.readInt() != MAGIC) {
        throw new IOException("not a letter model");
      }
      var graphones = new ArrayList<Graphone>();
      for (int i = d.readInt(); i > 0; i--) {
        char letter = (char) d.readByte();
        byte[] sounds = new byte[d.readByte()];
        d.readFully(sounds);
        graphones.add(new Graphone(letter, SegmentCode.decode(sounds, 0, sounds.length)));
      }
      return new JointLetterModel(graphones, NGramTrie.read(d));
    }
  }

  void write(OutputStream out) throws IOException {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var d = new DataOutputStream(new DeflaterOutputStream(out, deflater))) {
      d.writeInt(MAGIC);
      d.writeInt(graphones.size());
      for (Graphone graphone : graphones) {
        d.writeByte(graphone.letter());
        d.writeByte(graphone.sounds().size());
        for (Segment sound : graphone.sounds()) {
          d.writeByte(SegmentCode.encode(sound));
        }
      }
      trie.write(d);
    } finally {
      deflater.end();
    }
  }
}
