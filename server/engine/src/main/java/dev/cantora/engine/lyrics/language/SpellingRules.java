package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Spelling rules of a language in order; the first that matches at a place is applied there. A rule is a line
 * {@code pattern = PHONES}: a regular expression, with look-behind and look-ahead for its surroundings, and ARPAbet with
 * a stress digit where the spelling marks one. Nothing after the sign means silence. Lines with {@code #} are comments.
 */
final class SpellingRules {

  private static final Pattern SIDES = Pattern.compile("\\s*=(?!\\))\\s*(?=[A-Z0-9 ]*$)");
  private static final Pattern LOOK_BEHIND = Pattern.compile("^(?:\\^|\\(\\?<[=!](?:[^()]|\\([^()]*\\))*\\))+");

  /** @param bare the pattern without what it asks of the letters before */
  private record Rule(Pattern pattern, String bare, List<Segment> sounds) {}

  private final Map<Character, List<Rule>> byFirstLetter = new HashMap<>();

  /** @throws IllegalArgumentException for a line that is not a rule */
  SpellingRules(String lines) {
    var rules = new ArrayList<Rule>();
    for (String line : lines.split("\n")) {
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      String[] sides = SIDES.split(line.strip(), 2);
      if (sides.length < 2) {
        throw new IllegalArgumentException("not a rule: " + line);
      }
      rules.add(new Rule(Pattern.compile(sides[0]), LOOK_BEHIND.matcher(sides[0]).replaceFirst(""), sounds(sides[1], line)));
    }
    for (char c : "abcdefghijklmnopqrstuvwxyzßáàâäåæãçéèêëíìîïñóòôöœõúùûüýÿǽ".toCharArray()) {
      byFirstLetter.put(c, rules.stream().filter(r -> mayStartWith(r.bare(), c)).toList());
    }
  }

  private static List<Segment> sounds(String symbols, String line) {
    var out = new ArrayList<Segment>();
    for (String symbol : symbols.split(" +")) {
      if (!symbol.isEmpty()) {
        out.add(Segment.parse(symbol).orElseThrow(() -> new IllegalArgumentException("no phoneme in: " + line)));
      }
    }
    return List.copyOf(out);
  }

  /** Whether the first consuming element of a rule can be this letter; cautious, so a doubt keeps the rule. */
  private static boolean mayStartWith(String bare, char letter) {
    if (bare.isEmpty() || !Character.isLetter(bare.charAt(0))) {
      return true;
    }
    boolean alternatives = bare.indexOf('|') >= 0 && bare.indexOf('(') < 0;
    return alternatives || bare.charAt(0) == letter || bare.length() > 1 && bare.charAt(1) == '?';
  }

  /** @param word lower case, NFC; letters without a rule are tried without their accent, then left out */
  List<Segment> apply(String word) {
    var out = new ArrayList<Segment>();
    int at = 0;
    while (at < word.length()) {
      int length = applyAt(word, at, out);
      if (length == 0) {
        String folded = Normalizer.normalize(word.substring(at, at + 1), Normalizer.Form.NFD).substring(0, 1);
        if (folded.charAt(0) != word.charAt(at)) {
          word = word.substring(0, at) + folded + word.substring(at + 1);
          continue;
        }
        length = 1;
      }
      at += length;
    }
    return List.copyOf(out);
  }

  private int applyAt(String word, int at, List<Segment> out) {
    for (Rule rule : byFirstLetter.getOrDefault(word.charAt(at), List.of())) {
      var m = rule.pattern().matcher(word).region(at, word.length()).useTransparentBounds(true).useAnchoringBounds(false);
      if (m.lookingAt() && m.end() > at) {
        out.addAll(rule.sounds());
        return m.end() - at;
      }
    }
    return 0;
  }
}
