package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import java.util.List;
import java.util.Map;

/**
 * Latin as the Church sings it, by the rules of the <i>Liber Usualis</i> (Rules for Interpretation, "The pronunciation of
 * liturgical Latin"): every vowel sounds, c and g soften before e, i, ae, oe; ti before a vowel is T S IY. Vowels map as in
 * Italian.
 */
final class Latin {
  private static final String RULES = """
      # vowels
      [æœǽ] = EH
      [aá]e = EH
      [oó]e = EH
      [aá]u = AW
      (?<=^|[aeouáéóú])i(?=[aeouáéóú]) = Y
      j = Y
      (?<=q|ng)u(?=[aeioáéíóæœ]) = W
      á = AA1
      é = EH1
      ë = EH
      í = IY1
      ó = AO1
      ú = UW1
      ï = IY
      a = AA
      e = EH
      [iyý] = IY
      o = AO
      [uü] = UW
      # consonants
      bb = Q B
      b = B
      cc(?=[eéiíyæœ]|[ao]e) = Q CH
      cch|cc = Q K
      ch = K
      c(?=[eéiíyæœ]|[ao]e) = CH
      c = K
      dd = Q D
      d = D
      ff = F F
      f = F
      gn = N Y
      gg(?=[eéiíyæœ]|[ao]e) = Q JH
      g(?=[eéiíyæœ]|[ao]e) = JH
      gg = Q G
      g = G
      (?<=^m[ií]|^n[ií])h(?=i) = K
      h =
      k = K
      ll = L L
      l = L
      mm = M M
      m = M
      nn = N N
      n(?=[qkx]|ch|c(?![eéiíyæœ]|[ao]e)|g(?![eéiíyæœn]|[ao]e)) = NG
      n = N
      ph = F
      pp = Q P
      p = P
      q = K
      rrh|rh = R
      rr = R
      (?<=[aeiouyáéíóúýæœ])r(?=[aeiouyáéíóúýæœ]) = DX
      r = R
      sch = S K
      sc(?=[eéiíyæœ]|[ao]e) = SH
      ss = S S
      (?<=[aeiouáéíóúæœ])s(?=[aeiouáéíóúæœ]) = Z
      s = S
      (?<![sxt])ti(?=[aeouáéóú]) = T S IY
      tt = Q T
      th = T
      t = T
      vv = V V
      [vw] = V
      xc(?=[eéiíyæœ]|[ao]e) = K SH
      (?<=^e)x(?=[aeiouáéíóúh]) = G Z
      x = K S
      z = D Z
      """;

  private Latin() {}

  static Language create() {
    return new RuleLanguage("la", new SpellingRules(RULES), RuleLanguage.romanceSyllables(true), (word, syllables) -> {
      int penult = syllables.size() - 2;
      boolean heavy = !syllables.get(penult).coda().isEmpty() || syllables.get(penult).nucleus() == Phone.AW;
      return syllables.size() == 2 || heavy ? penult : penult - 1;
    }, List.of("nulla", "unus", "duo", "tres", "quattuor", "quinque", "sex", "septem", "octo", "novem"), Map.of());
  }
}
