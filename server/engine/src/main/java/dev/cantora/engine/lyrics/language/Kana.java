package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the characters of the katakana syllabary stand for, and the same sounds in Latin letters. */
final class Kana {

  /** Consonants and vowel of one mora. */
  record Mora(List<Phone> onset, Phone vowel) {
    Mora {
      onset = List.copyOf(onset);
    }
  }

  static final Map<Character, Phone> VOWELS =
      Map.of('a', Phone.AA, 'i', Phone.IY, 'u', Phone.UW, 'e', Phone.EH, 'o', Phone.AO);

  private static final String ORDER = "aiueo";
  private static final Map<Character, Mora> PLAIN = new HashMap<>();

  /** Consonants as romaji writes them, Hepburn and Kunrei. */
  private static final Map<String, List<Phone>> ROMAJI = Map.ofEntries(
      Map.entry("", List.of()), Map.entry("k", List.of(Phone.K)), Map.entry("ky", List.of(Phone.K, Phone.Y)),
      Map.entry("kw", List.of(Phone.K, Phone.W)), Map.entry("g", List.of(Phone.G)),
      Map.entry("gy", List.of(Phone.G, Phone.Y)), Map.entry("gw", List.of(Phone.G, Phone.W)),
      Map.entry("s", List.of(Phone.S)), Map.entry("sh", List.of(Phone.SH)), Map.entry("sy", List.of(Phone.SH)),
      Map.entry("z", List.of(Phone.Z)), Map.entry("j", List.of(Phone.JH)), Map.entry("jy", List.of(Phone.JH)),
      Map.entry("zy", List.of(Phone.JH)), Map.entry("t", List.of(Phone.T)), Map.entry("ch", List.of(Phone.CH)),
      Map.entry("ty", List.of(Phone.CH)), Map.entry("ts", List.of(Phone.T, Phone.S)), Map.entry("d", List.of(Phone.D)),
      Map.entry("dy", List.of(Phone.JH)), Map.entry("n", List.of(Phone.N)), Map.entry("ny", List.of(Phone.N, Phone.Y)),
      Map.entry("h", List.of(Phone.HH)), Map.entry("hy", List.of(Phone.HH, Phone.Y)), Map.entry("f", List.of(Phone.F)),
      Map.entry("fy", List.of(Phone.F, Phone.Y)), Map.entry("b", List.of(Phone.B)),
      Map.entry("by", List.of(Phone.B, Phone.Y)), Map.entry("p", List.of(Phone.P)),
      Map.entry("py", List.of(Phone.P, Phone.Y)), Map.entry("m", List.of(Phone.M)),
      Map.entry("my", List.of(Phone.M, Phone.Y)), Map.entry("y", List.of(Phone.Y)), Map.entry("r", List.of(Phone.DX)),
      Map.entry("ry", List.of(Phone.DX, Phone.Y)), Map.entry("w", List.of(Phone.W)), Map.entry("v", List.of(Phone.V)));

  static {
    row("アイウエオ", "");
    row("カキクケコ", "k");
    row("ガギグゲゴ", "g");
    row("サシスセソ", "s");
    row("ザジズゼゾ", "z");
    row("タチツテト", "t");
    row("ダヂヅデド", "d");
    row("ナニヌネノ", "n");
    row("ハヒフヘホ", "h");
    row("バビブベボ", "b");
    row("パピプペポ", "p");
    row("マミムメモ", "m");
    row("ラリルレロ", "r");
    put('ヤ', "y", 'a');
    put('ユ', "y", 'u');
    put('ヨ', "y", 'o');
    put('ワ', "w", 'a');
    put('ヰ', "", 'i');
    put('ヱ', "", 'e');
    put('ヲ', "", 'o');
    put('ヴ', "v", 'u');
    put('シ', "sh", 'i');
    put('ジ', "j", 'i');
    put('ヂ', "j", 'i');
    put('チ', "ch", 'i');
    put('ツ', "ts", 'u');
    put('ヅ', "z", 'u');
    put('フ', "f", 'u');
  }

  private Kana() {}

  private static void row(String kana, String onset) {
    for (int i = 0; i < kana.length(); i++) {
      put(kana.charAt(i), onset, ORDER.charAt(i));
    }
  }

  private static void put(char kana, String onset, char vowel) {
    PLAIN.put(kana, new Mora(ROMAJI.get(onset), VOWELS.get(vowel)));
  }

  /** The mora of a full-size katakana, or null. */
  static Mora mora(char katakana) {
    return PLAIN.get(katakana);
  }

  /** Consonants that a romaji spelling stands for, or null. */
  static List<Phone> romajiOnset(String letters) {
    return ROMAJI.get(letters);
  }

  /** Hiragana to katakana; every other character as it is. */
  static char katakana(char c) {
    return c >= 'ぁ' && c <= 'ゖ' ? (char) (c + ('ァ' - 'ぁ')) : c;
  }

  /** Whether a text holds hiragana or katakana. */
  static boolean isIn(String text) {
    return text.chars().anyMatch(c -> c >= 'ぁ' && c <= 'ゖ' || c >= 'ァ' && c <= 'ヺ');
  }
}
