package dev.cantora.engine.lyrics.phonology;

import static dev.cantora.engine.lyrics.phonology.Phone.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Splits a chain of phones into syllables: of the consonants between two vowels the longest legal onset goes right. */
public final class Syllabifier {

  /** Onsets of two and three consonants that the contract names (section 7). */
  private static final Set<List<Phone>> ENGLISH_ONSETS = Set.of(
      List.of(P, L), List.of(P, R), List.of(B, L), List.of(B, R), List.of(T, R), List.of(D, R), List.of(K, L),
      List.of(K, R), List.of(G, L), List.of(G, R), List.of(F, L), List.of(F, R), List.of(TH, R), List.of(SH, R),
      List.of(S, K), List.of(S, L), List.of(S, M), List.of(S, N), List.of(S, P), List.of(S, T), List.of(S, W),
      List.of(S, P, L), List.of(S, P, R), List.of(S, T, R), List.of(S, K, R), List.of(S, K, W));

  /** English by the contract's table. */
  public static final Syllabifier ENGLISH = new Syllabifier(ENGLISH_ONSETS, true);

  private final Set<List<Phone>> clusters;
  private final boolean velarNasalStarts;

  /**
   * @param clusters legal onsets of more than one consonant
   * @param velarNasalStarts whether NG between vowels starts a syllable, as the contract has it for English
   */
  public Syllabifier(Set<List<Phone>> clusters, boolean velarNasalStarts) {
    this.clusters = Set.copyOf(clusters);
    this.velarNasalStarts = velarNasalStarts;
  }

  /** Syllables of a word; empty only for an empty chain. */
  public List<Syllable> split(List<Segment> segments) {
    if (segments.isEmpty()) {
      return List.of();
    }
    var vowels = new ArrayList<Integer>();
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).phone().isVowel()) {
        vowels.add(i);
      }
    }
    if (vowels.isEmpty()) {
      return List.of(withoutVowel(segments));
    }
    var syllables = new ArrayList<Syllable>();
    int start = 0;
    for (int v = 0; v < vowels.size(); v++) {
      int nucleus = vowels.get(v);
      int end = v + 1 < vowels.size() ? boundary(segments, nucleus + 1, vowels.get(v + 1)) : segments.size();
      syllables.add(syllable(segments, start, nucleus, end));
      start = end;
    }
    return List.copyOf(syllables);
  }

  private int boundary(List<Segment> segments, int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (clusters.contains(phones(segments.subList(i, to)))) {
        return i;
      }
    }
    boolean closed = to > from && segments.get(to - 1).phone() == NG && !velarNasalStarts;
    return closed ? to : Math.max(from, to - 1);
  }

  /** The most sonorous consonant is held; of several the last, so that {@code hmm} is breathed in before it. */
  private static Syllable withoutVowel(List<Segment> segments) {
    int best = 0;
    for (int i = 1; i < segments.size(); i++) {
      if (holdability(segments.get(i).phone()) >= holdability(segments.get(best).phone())) {
        best = i;
      }
    }
    Syllable held = syllable(segments, 0, best, segments.size());
    return switch (held.nucleus()) {
      case M -> new Syllable(held.onset(), EM, held.coda(), 1);
      case N -> new Syllable(held.onset(), EN, held.coda(), 1);
      case L -> new Syllable(held.onset(), EL, held.coda(), 1);
      case R -> new Syllable(held.onset(), ER, held.coda(), 1);
      case W -> new Syllable(held.onset(), UW, held.coda(), 1);
      case Y -> new Syllable(held.onset(), IY, held.coda(), 1);
      default -> holdability(held.nucleus()) > 0
          ? new Syllable(held.onset(), held.nucleus(), held.coda(), 1)
          : new Syllable(phones(segments), AX, List.of(), 1); // stops alone: a murmur carries the pitch
    };
  }

  private static int holdability(Phone p) {
    return switch (p.manner()) {
      case STOP, AFFRICATE, FLAP -> 0;
      case FRICATIVE -> p == HH ? 1 : 2;
      case NASAL -> 3;
      case LIQUID, GLIDE -> 4;
      case VOWEL -> 5;
    };
  }

  private static Syllable syllable(List<Segment> segments, int start, int nucleus, int end) {
    return new Syllable(phones(segments.subList(start, nucleus)), segments.get(nucleus).phone(),
        phones(segments.subList(nucleus + 1, end)), segments.get(nucleus).stress());
  }

  private static List<Phone> phones(List<Segment> segments) {
    return segments.stream().map(Segment::phone).toList();
  }
}
