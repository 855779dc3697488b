package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllabifier;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.Warnings;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A language whose spelling says its sound: rules, exceptions, syllables, stress. */
final class RuleLanguage implements Language {

  /** Says which syllable is stressed when the spelling does not. */
  interface StressLaw {
    /** @return index of the stressed syllable, of at least two */
    int stressed(String word, List<Syllable> syllables);
  }

  private final String tag;
  private final SpellingRules rules;
  private final Syllabifier syllabifier;
  private final StressLaw stress;
  private final List<String> digitNames;
  private final Map<String, String> exceptions;

  /**
   * @param digitNames words for 0..9
   * @param exceptions words spelled as the rules should read them
   */
  RuleLanguage(String tag, SpellingRules rules, Syllabifier syllabifier, StressLaw stress, List<String> digitNames,
      Map<String, String> exceptions) {
    this.tag = tag;
    this.rules = rules;
    this.syllabifier = syllabifier;
    this.stress = stress;
    this.digitNames = List.copyOf(digitNames);
    this.exceptions = Map.copyOf(exceptions);
  }

  /**
   * Onsets of the Romance languages and Latin, and with s before consonants or not.
   *
   * @param sClusters whether s and a consonant may begin a syllable
   */
  static Syllabifier romanceSyllables(boolean sClusters) {
    var clusters = new HashSet<List<Phone>>();
    List<Phone> stops = List.of(Phone.P, Phone.B, Phone.T, Phone.D, Phone.K, Phone.G, Phone.F, Phone.V, Phone.DH);
    for (Phone stop : stops) {
      clusters.add(List.of(stop, Phone.R));
      clusters.add(List.of(stop, Phone.DX));
      if (stop != Phone.T && stop != Phone.D && stop != Phone.DH) {
        clusters.add(List.of(stop, Phone.L));
      }
    }
    clusters.add(List.of(Phone.T, Phone.S));
    clusters.add(List.of(Phone.D, Phone.Z));
    if (sClusters) {
      for (List<Phone> cluster : List.copyOf(clusters)) {
        clusters.add(with(Phone.S, cluster));
        clusters.add(with(Phone.Z, cluster));
      }
      for (Phone after : List.of(Phone.P, Phone.T, Phone.K, Phone.F, Phone.V, Phone.B, Phone.D, Phone.G, Phone.M, Phone.N,
          Phone.L, Phone.R)) {
        clusters.add(List.of(Phone.S, after));
        clusters.add(List.of(Phone.Z, after));
      }
    }
    addGlides(clusters);
    return new Syllabifier(clusters, false);
  }

  /** Every consonant and cluster may take a glide. */
  private static void addGlides(Set<List<Phone>> clusters) {
    var before = new ArrayList<>(clusters);
    for (Phone phone : Phone.values()) {
      if (!phone.isVowel() && phone != Phone.W && phone != Phone.Y && phone != Phone.Q && phone != Phone.NG) {
        before.add(List.of(phone));
      }
    }
    for (List<Phone> cluster : before) {
      for (Phone glide : List.of(Phone.W, Phone.Y)) {
        var longer = new ArrayList<>(cluster);
        longer.add(glide);
        clusters.add(List.copyOf(longer));
      }
    }
  }

  private static List<Phone> with(Phone first, List<Phone> rest) {
    var all = new ArrayList<Phone>(List.of(first));
    all.addAll(rest);
    return List.copyOf(all);
  }

  @Override
  public String tag() {
    return tag;
  }

  @Override
  public Pronunciation pronounce(String word, String next, Warnings warnings) {
    var syllables = new ArrayList<Syllable>();
    for (String part : dictionaryKey(word).replace("'", "").split("[-.,:&]+|(?<=\\d)|(?=\\d)")) {
      if (part.length() == 1 && Character.isDigit(part.charAt(0))) {
        warnings.add("Figures in \"" + word + "\" are read digit by digit; write numbers out in words.");
        syllables.addAll(spoken(digitNames.get(Character.digit(part.charAt(0), 10))));
      } else if (!part.isEmpty()) {
        syllables.addAll(spoken(part));
      }
    }
    if (syllables.isEmpty()) {
      warnings.add("\"" + word + "\" cannot be read in this language; a neutral vowel stands for it.");
      return new Pronunciation(PronunciationSource.FALLBACK, List.of(new Syllable(List.of(), Phone.AH, List.of(), 0)));
    }
    return new Pronunciation(PronunciationSource.RULE, syllables);
  }

  private List<Syllable> spoken(String word) {
    String spelling = exceptions.getOrDefault(word, word);
    List<Syllable> syllables = syllabifier.split(rules.apply(spelling));
    if (syllables.size() == 1) {
      return List.of(stressedAs(syllables.getFirst(), 1));
    }
    if (syllables.isEmpty() || syllables.stream().anyMatch(s -> s.stress() > 0)) {
      return syllables;
    }
    int stressed = Math.clamp(stress.stressed(spelling, syllables), 0, syllables.size() - 1);
    var out = new ArrayList<>(syllables);
    out.set(stressed, stressedAs(out.get(stressed), 1));
    return out;
  }

  private static Syllable stressedAs(Syllable s, int stress) {
    return new Syllable(s.onset(), s.nucleus(), s.coda(), stress);
  }

  @Override
  public List<Syllable> syllables(List<Segment> segments) {
    return syllabifier.split(segments);
  }

  @Override
  public String dictionaryKey(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{M}\\p{N}'&.,:-]", "");
  }
}
