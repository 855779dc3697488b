package dev.cantora.engine.lyrics.lexicon;

import static dev.cantora.engine.lyrics.phonology.Phone.*;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contract's letter map: digraphs, then letters, from left to right. The floor that the trained model must beat. */
public final class NaiveLetters implements LetterToSound {

  private static final Map<String, Phone> PAIRS = Map.ofEntries(
      Map.entry("th", TH), Map.entry("sh", SH), Map.entry("ch", CH), Map.entry("ph", F), Map.entry("wh", W),
      Map.entry("ng", NG), Map.entry("ck", K), Map.entry("gh", G), Map.entry("ee", IY), Map.entry("ea", IY),
      Map.entry("oo", UW), Map.entry("ou", AW), Map.entry("ai", EY), Map.entry("ay", EY), Map.entry("oi", OY),
      Map.entry("oy", OY), Map.entry("ow", OW), Map.entry("au", AO));

  private static final Map<Character, Phone> LETTERS = Map.ofEntries(
      Map.entry('b', B), Map.entry('c', K), Map.entry('d', D), Map.entry('f', F), Map.entry('g', G),
      Map.entry('h', HH), Map.entry('j', JH), Map.entry('k', K), Map.entry('l', L), Map.entry('m', M),
      Map.entry('n', N), Map.entry('p', P), Map.entry('r', R), Map.entry('s', S), Map.entry('t', T),
      Map.entry('v', V), Map.entry('w', W), Map.entry('x', K), Map.entry('y', Y), Map.entry('z', Z),
      Map.entry('a', AE), Map.entry('e', EH), Map.entry('i', IH), Map.entry('o', AA), Map.entry('u', AH));

  @Override
  public List<Segment> pronounce(String letters) {
    String word = letters.length() > 2 && letters.endsWith("e") ? letters.substring(0, letters.length() - 1) : letters;
    var out = new ArrayList<Segment>();
    int i = 0;
    while (i < word.length()) {
      Phone pair = i + 1 < word.length() ? PAIRS.get(word.substring(i, i + 2)) : null;
      Phone phone = pair != null ? pair : LETTERS.get(word.charAt(i));
      if (phone != null) {
        out.add(new Segment(phone, 0));
      }
      i += pair != null ? 2 : 1;
    }
    if (out.stream().noneMatch(s -> s.phone().isVowel())) {
      out.add(new Segment(AH, 0));
    }
    return List.copyOf(out);
  }
}
