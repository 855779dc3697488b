package dev.cantora.engine.lyrics.language;

import java.util.List;
import java.util.Map;

/**
 * Italian. Mapping to the inventory: a AA, e EH, i IY, o AO, u UW (spelling does not tell open from closed e and o);
 * falling diphthongs AY EY OY AW; r DX between vowels, else R; gn N Y; gli L Y; z T S, at the start of a word D Z; doubled
 * stops are held in a closure (Q), other doubled consonants end one syllable and start the next.
 */
final class Italian {
  private static final String RULES = """
      # hiatus in mio, zia, tuo, due and the like, and in well-known words in -ia
      (?<=^[bcdfglmnprstvz]{0,2})i(?=[aoe]$) = IY1
      (?<=^[bcdfglmnprstvz]{0,2})u(?=[aoei]$) = UW1
      (?<=mar|poes|mag|melod|armon|nostalg|fantas|allegr|foll|compagn|luc)i(?=[ae]$) = IY1
      # diphthongs
      [aà]i(?![aeiou]) = AY
      [eèé]i(?![aeiou]) = EY
      [oò]i(?![aeiou]) = OY
      [aà]u(?![aeiou]) = AW
      [eèé]u(?![aeiou]) = EH W
      i(?=[aeouàèéòù]) = Y
      (?<=[aeou])i(?=[aeou]) = Y
      u(?=[aeioàèéìò]) = W
      à = AA1
      [èé] = EH1
      ì = IY1
      [òó] = AO1
      ù = UW1
      a = AA
      e = EH
      [iîjy] = IY
      o = AO
      u = UW
      # consonants
      bb = Q B
      b = B
      cch(?=[eièéì]) = Q K
      ch = K
      cci(?=[aouàòù]) = Q CH
      cc(?=[eièéì]) = Q CH
      ci(?=[aeouàòù]) = CH
      c(?=[eièéì]) = CH
      cqu(?=[aeioàèéìò]) = Q K W
      cc = Q K
      c = K
      dd = Q D
      d = D
      ff = F F
      f = F
      ggh = Q G
      gh = G
      ggi(?=[aouàòù]) = Q JH
      gg(?=[eièéì]) = Q JH
      gi(?=[aeouàòù]) = JH
      gli(?=[aeouàèéòù]) = L Y
      gli = L Y IY
      gn = N Y
      g(?=[eièéì]) = JH
      gg = Q G
      g = G
      h =
      k = K
      ll = L L
      l = L
      mm = M M
      m = M
      nn = N N
      n(?=[qk]|c(?![eièéì])|g(?![eièéìnl])) = NG
      n = N
      pp = Q P
      p = P
      qqu = Q K W
      qu = K W
      q = K
      rr = R
      (?<=[aeiouàèéìòù])r(?=[aeiouàèéìòù]) = DX
      r = R
      sch(?=[eièéì]) = S K
      sci(?=[aeouàòù]) = SH
      sc(?=[eièéì]) = SH
      ss = S S
      (?<=[aeiouàèéìòù])s(?=[aeiouàèéìòù]) = Z
      s(?=[bdglmnrv]) = Z
      s = S
      tt = Q T
      t = T
      vv = V V
      v = V
      w = W
      x = K S
      ^z = D Z
      zz = Q T S
      z = T S
      """;

  private Italian() {}

  static Language create() {
    return new RuleLanguage("it", new SpellingRules(RULES), RuleLanguage.romanceSyllables(true),
        (word, syllables) -> syllables.size() - 2,
        List.of("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
        Map.of("sig", "signor", "dott", "dottor"));
  }
}
