package dev.cantora.engine.lyrics.language;

import java.util.List;
import java.util.Map;

/**
 * Spanish, as spoken in the Americas (c and z before e and i like s) or in Spain (like English th). Mapping to the
 * inventory: a AA, e EH, i IY, o AO, u UW; falling diphthongs AY EY OY AW; tap DX, trill R; j and soft g HH; ll Y; ñ N Y;
 * b, v and d between vowels V and DH. Rules after the Real Academia's <i>Ortografía</i> (2010).
 */
final class Spanish {
  private static final String RULES = """
      # diphthongs
      [aá]i(?![aeiouáéíóú]) = AY
      ay(?![aeiouáéíóú]) = AY
      [eé]i(?![aeiouáéíóú]) = EY
      ey(?![aeiouáéíóú]) = EY
      [oó]i(?![aeiouáéíóú]) = OY
      oy(?![aeiouáéíóú]) = OY
      [aá]u(?![aeiouáéíóú]) = AW
      [eé]u(?![aeiouáéíóú]) = EH W
      [oó]u(?![aeiouáéíóú]) = OW
      uy(?![aeiouáéíóú]) = W IY
      i(?=[aeouáéóú]) = Y
      u(?=[aeioáéíó]) = W
      ü(?=[aeioáéíó]) = W
      á = AA1
      é = EH1
      í = IY1
      ó = AO1
      ú = UW1
      a = AA
      e = EH
      i = IY
      o = AO
      u = UW
      ü = UW
      y(?=[aeiouáéíóú]) = Y
      y = IY
      # consonants
      (?<=^|[mn])[bv] = B
      [bv](?=[^aeiouáéíóúlr]) = B
      [bv] = V
      ch = CH
      c(?=[eiéí]) = <c>
      c = K
      (?<=^|[nl])d = D
      d = DH
      f = F
      gü(?=[eiéí]) = G W
      gu(?=[eiéí]) = G
      g(?=[eiéí]) = HH
      g = G
      ^hi(?=e) = Y
      ^hu(?=e) = W
      h =
      j = HH
      k = K
      ll = Y
      l = L
      m = M
      n(?=c[eiéí]) = N
      n(?=[cgjkq]) = NG
      n(?=[bvp]) = M
      n = N
      ñ = N Y
      ph = F
      p = P
      qu(?=[eiéí]) = K
      q = K
      rr = R
      (?<=^|[nls])r = R
      r = DX
      sh = SH
      s = S
      tz = T S
      t = T
      w = W
      ^x = S
      (?<=^[mM][eé])x(?=ic) = HH
      (?<=te|oa)x(?=a[sc]) = HH
      x = K S
      z = <c>
      """;

  private Spanish() {}

  /** @param castilian whether c and z are told from s */
  static Language create(boolean castilian) {
    var rules = new SpellingRules(RULES.replace("<c>", castilian ? "TH" : "S"));
    return new RuleLanguage("es", rules, RuleLanguage.romanceSyllables(false), (word, syllables) ->
        word.matches(".*[aeiouáéíóúns]") ? syllables.size() - 2 : syllables.size() - 1,
        List.of("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
        Map.of("sr", "señor", "sra", "señora", "dr", "doctor", "ud", "usted", "uds", "ustedes", "y", "i"));
  }
}
