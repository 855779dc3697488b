package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Syllable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Japanese in Latin letters, Hepburn or Kunrei; macrons and {@code -} lengthen, {@code n'} parts n from a vowel. */
final class Romaji {
  private final String text;
  private final List<Syllable> moras = new ArrayList<>();
  private int at;

  Romaji(String text) {
    this.text = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .replaceAll("([aiueo])[\\u0304\\u0302]", "$1-").replace('ー', '-').replaceAll("\\p{M}", "");
  }

  /** The moras, or empty when the text is not romaji. */
  Optional<List<Syllable>> read() {
    while (at < text.length()) {
      if (!readMora()) {
        return Optional.empty();
      }
    }
    return moras.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(moras));
  }

  private boolean readMora() {
    char c = text.charAt(at);
    char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
    if (c == '-' && !moras.isEmpty()) {
      moras.add(Japanese.mora(List.of(), moras.getLast().nucleus()));
      at++;
      return true;
    }
    if (c == 'n' && !Kana.VOWELS.containsKey(next) && next != 'y' || c == 'm' && (next == 'b' || next == 'p')) {
      moras.add(Japanese.mora(List.of(), Phone.EN));
      at += next == '\'' ? 2 : 1;
      return true;
    }
    if (c == next && "kstpcgzdbfhrjm".indexOf(c) >= 0 || c == 't' && next == 'c') {
      moras.add(Japanese.mora(List.of(), Phone.Q));
      at++;
      return true;
    }
    return readSyllable();
  }

  private boolean readSyllable() {
    for (int length = Math.min(2, text.length() - at - 1); length >= 0; length--) {
      List<Phone> onset = Kana.romajiOnset(text.substring(at, at + length));
      Phone vowel = Kana.VOWELS.get(text.charAt(at + length));
      if (onset != null && vowel != null) {
        add(onset, vowel, text.substring(at, at + length + 1));
        at += length + 1;
        return true;
      }
    }
    return false;
  }

  private void add(List<Phone> onset, Phone vowel, String spelling) {
    boolean longO = spelling.equals("u") && !moras.isEmpty() && moras.getLast().nucleus() == Phone.AO;
    switch (spelling) {
      case "si" -> moras.add(Japanese.mora(List.of(Phone.SH), vowel));
      case "zi", "di" -> moras.add(Japanese.mora(List.of(Phone.JH), vowel));
      case "ti" -> moras.add(Japanese.mora(List.of(Phone.CH), vowel));
      case "tu" -> moras.add(Japanese.mora(List.of(Phone.T, Phone.S), vowel));
      case "hu" -> moras.add(Japanese.mora(List.of(Phone.F), vowel));
      case "wo" -> moras.add(Japanese.mora(List.of(), vowel));
      default -> moras.add(Japanese.mora(onset, longO ? Phone.AO : vowel));
    }
  }
}
