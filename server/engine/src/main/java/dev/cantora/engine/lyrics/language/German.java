package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllabifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * German, as on stage (after Siebs, <i>Deutsche Hochsprache</i>, and the Duden pronunciation dictionary). Mapping to the
 * inventory: long a e i o u AA EY IY OW UW, short AA EH IH AO UH, ä EH, ö ER (nearest rounded central vowel), ü UX,
 * unstressed e AX; ei AY, au AW, eu OY; ich-sound SH, ach-sound HH; w V, v F, z T S, final stops unvoiced. The length of a
 * vowel is read off the spelling; compounds are not taken apart.
 */
final class German {
  private static final String RULES = """
      # prefixes
      ^ge(?!h|ben$|b$|bt$|gen|rn|rm|stern|ste|l[bdt]|ist|n[ft]|o|i|u|ä|n$)(?=.{3,}) = G AX
      ^be(?!i|e|r[gl]|st|ss|sen|t[te]|ck|u|a|n|r[eu]|in)(?=.{3,}) = B AX
      ^ver(?!s$|b$) = F EH R
      ^zer = T S EH R
      # unstressed e
      (?<=[aeiouyäöü][a-zäöüß]{0,20})ie(?=n?$)(?<=l[ie]{2}|d[ie]{2}n) = Y AX
      (?<=[aeiouyäöü][a-zäöüß]{0,20}[bcdfghjklmnpqrstvwxzß])e(?=(?:[nlrmst]|st|rn|ln|ns|nd|nde|nden|nder|ndes|nem|nen|ner|nes|re|ren|rer|res|rem|le|len|ls|rs|rt|ld|lt|te|ten|ter|tes|tem|test)?$) = AX
      (?<=[aeo][iuy]|äu|ie)e(?=(?:[nlrmst]|rn)?$) = AX
      (?<=[aeiouyäöü]h)e(?=(?:[nlrmst]|st|rn|ns|nd)?$) = AX
      (?<=[aeiouäöü][a-zäöüß]{0,20})ig(?=$|st$|t$|keit) = IH SH
      # vowel pairs
      aa|ah(?![aeiouäöü]{2}) = AA
      äh = EH
      (?:ei|ai|ay|ey) = AY
      ee|eh = EY
      ieh|ie = IY
      ih = IY
      oo|oh = OW
      öh = ER
      uh = UW
      üh = UX
      (?:äu|eu|oi) = OY
      au = AW
      # length by what follows: one consonant and a vowel, or the end of the word
      e(?=(?:[bdfghjklmnprstvwzß]|[bdgptkf][lr]|ph|th)[aeiouyäöü]|$|[bdgrßm]$|[lnt]$|rd|rst$) = EY
      i(?=(?:[bdfghjklmnprstvwzß]|[bdgptkf][lr]|ph|th)[aeiouyäöü]|$|rk?$(?<=ir)) = IY
      o(?=(?:[bdfghjklmnprstvwzß]|[bdgptkf][lr]|ph|th)[aeiouyäöü]|$|[bdfglnrtmß]$) = OW
      u(?=(?:[bdfghjklmnprstvwzß]|[bdgptkf][lr]|ph|th)[aeiouyäöü]|$|[bdfglnrtmß]$|ch) = UW
      o(?=[nlrtk]?[a-z]?$)(?<=^.{0,1}o) = AO
      a = AA
      ä = EH
      e = EH
      i = IH
      o = AO
      ö = ER
      u = UH
      [üy] = UX
      é = EY
      à = AA
      # consonants
      bb = B
      b(?=$|[stpkf]|lich|los|heit|chen|schaft|bar) = P
      b = B
      chs(?=$|[aeiou]|t) = K S
      ^ch(?=[roaul]) = K
      ^ch = SH
      (?<=[aou])ch = HH
      ch = SH
      ck = K
      c(?=[eiyäö]) = T S
      c = K
      dsch = JH
      dd = D
      dt(?=$|[^r]) = T
      d(?=$|[st]|lich|los|heit|chen|schaft|bar) = T
      d = D
      ff = F
      f = F
      gg = G
      g(?=$|[st]|lich|los|heit|chen|schaft|bar) = K
      g = G
      h = HH
      j = Y
      kk = K
      k = K
      ll = L
      l = L
      mm = M
      m = M
      nn = N
      ng = NG
      n(?=[kx]) = NG
      n = N
      pf = P F
      ph = F
      pp = P
      p = P
      qu = K V
      q = K
      rrh|rh|rr = R
      r = R
      tsch = CH
      sch = SH
      ^s(?=[pt]) = SH
      (?<=^ge|^be|^ver|^ent|^er|^zer|^auf|^aus|^an|^ein|^vor)s(?=[pt][aeiouäöürl]) = SH
      ss|ß = S
      (?<=^|[aeiouyäöülmnrh])s(?=[aeiouyäöü]) = Z
      s = S
      th(?!eit) = T
      tz = T S
      tt = T
      ti(?=on) = T S Y
      t = T
      ^v(?=io|as|ene|enu|ill|isi|ulk|amp|oka|ari) = V
      (?<=kla|no|ner|e|ad)v(?=ier|em|en$|a$|ent) = V
      v = F
      w = V
      x = K S
      zz|z = T S
      """;

  private static final Set<List<Phone>> ONSETS = onsets();

  /** Common words whose vowel the rules would take for long, spelled with a double consonant, and other exceptions. */
  private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
      Map.entry("an", "ann"), Map.entry("am", "amm"), Map.entry("das", "dass"), Map.entry("des", "dess"),
      Map.entry("es", "ess"), Map.entry("von", "vonn"), Map.entry("vom", "vomm"), Map.entry("um", "umm"),
      Map.entry("zum", "zumm"), Map.entry("ob", "opp"), Map.entry("bis", "biss"), Map.entry("bin", "binn"),
      Map.entry("hin", "hinn"), Map.entry("mit", "mitt"), Map.entry("im", "imm"), Map.entry("in", "inn"),
      Map.entry("man", "mann"), Map.entry("hat", "hatt"), Map.entry("weg", "weck"),
      Map.entry("wes", "wess"), Map.entry("hab", "happ"), Map.entry("den", "deen"), Map.entry("dem", "deem"),
      Map.entry("wen", "ween"), Map.entry("wem", "weem"), Map.entry("er", "eer"), Map.entry("der", "deer"),
      Map.entry("wer", "weer"), Map.entry("her", "heer"), Map.entry("mir", "mier"), Map.entry("dir", "dier"),
      Map.entry("wir", "wier"), Map.entry("ihr", "ier"), Map.entry("hoch", "hohch"), Map.entry("mond", "mohnt"),
      Map.entry("erde", "eerde"), Map.entry("erst", "eerst"), Map.entry("pferd", "pfeert"), Map.entry("wert", "weert"),
      Map.entry("ostern", "ohstern"), Map.entry("trost", "trohst"), Map.entry("kloster", "klohster"),
      Map.entry("wo", "woh"), Map.entry("so", "soh"), Map.entry("da", "dah"),
      Map.entry("rose", "rohse"), Map.entry("jesus", "jehsuss"), Map.entry("christus", "kristuss"),
      Map.entry("maria", "mahrija"), Map.entry("spruch", "schpruhch"), Map.entry("leben", "lehben"));

  private German() {}

  private static Set<List<Phone>> onsets() {
    var clusters = new HashSet<List<Phone>>();
    for (Phone stop : List.of(Phone.P, Phone.B, Phone.T, Phone.D, Phone.K, Phone.G, Phone.F, Phone.SH, Phone.V)) {
      clusters.add(List.of(stop, Phone.R));
      if (stop != Phone.T && stop != Phone.D) {
        clusters.add(List.of(stop, Phone.L));
      }
    }
    for (Phone after : List.of(Phone.P, Phone.T, Phone.M, Phone.N, Phone.V)) {
      clusters.add(List.of(Phone.SH, after));
    }
    clusters.add(List.of(Phone.K, Phone.N));
    clusters.add(List.of(Phone.G, Phone.N));
    clusters.add(List.of(Phone.K, Phone.V));
    clusters.add(List.of(Phone.T, Phone.S));
    clusters.add(List.of(Phone.T, Phone.S, Phone.V));
    clusters.add(List.of(Phone.P, Phone.F));
    clusters.add(List.of(Phone.P, Phone.F, Phone.L));
    clusters.add(List.of(Phone.SH, Phone.P, Phone.R));
    clusters.add(List.of(Phone.SH, Phone.P, Phone.L));
    clusters.add(List.of(Phone.SH, Phone.T, Phone.R));
    return clusters;
  }

  static Language create() {
    return new RuleLanguage("de", new SpellingRules(RULES), new Syllabifier(ONSETS, false), (word, syllables) -> {
      boolean unstressedPrefix = word.matches("(?:ver|zer|ent|emp|er(?=[bfgklmstwz])).{3,}");
      return unstressedPrefix || syllables.getFirst().nucleus() == Phone.AX ? 1 : 0;
    }, List.of("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"), EXCEPTIONS);
  }
}
