package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.PronunciationSource;
import dev.cantora.engine.lyrics.phonology.Segment;
import dev.cantora.engine.lyrics.phonology.Syllable;
import dev.cantora.engine.lyrics.text.Warnings;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Japanese in kana or romaji; kanji cannot be read and are hummed on a neutral vowel with a warning. The syllable is the
 * mora: one note each, also for a long vowel and for {@code ん}. Mapping to the inventory: a AA, i IY, u UW, e EH, o AO; r is
 * the tap DX; {@code ん} is held and takes the place of what follows (EM, NG, else EN); {@code っ} is a closure Q before stops
 * and the lengthened consonant itself before others. {@code おう} is a long o; {@code は} and {@code へ} alone are the particles.
 */
final class Japanese implements Language {
  private static final Map<Character, String> SMALL_GLIDES = Map.of('ャ', "a", 'ュ', "u", 'ョ', "o");
  private static final Map<Character, String> SMALL_VOWELS =
      Map.of('ァ', "a", 'ィ', "i", 'ゥ', "u", 'ェ', "e", 'ォ', "o", 'ヮ', "a");
  private static final List<String> DIGITS =
      List.of("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ");

  private final Language english;

  /** @param english reads Latin words that are not romaji */
  Japanese(Language english) {
    this.english = english;
  }

  @Override
  public String tag() {
    return "ja";
  }

  @Override
  public Pronunciation pronounce(String word, String next, Warnings warnings) {
    String text = Normalizer.normalize(word, Normalizer.Form.NFKC);
    if (text.codePoints().allMatch(c -> c < 0x250 || c == 'ー') && text.codePoints().anyMatch(Character::isLetter)) {
      Optional<List<Syllable>> romaji = new Romaji(text).read();
      if (romaji.isPresent()) {
        return new Pronunciation(PronunciationSource.RULE, joined(romaji.get()));
      }
      return english.pronounce(word, next, warnings);
    }
    List<Syllable> moras = switch (text) {
      case "は" -> kana("ワ", warnings);
      case "へ" -> kana("エ", warnings);
      default -> kana(text, warnings);
    };
    if (moras.isEmpty()) {
      warnings.add("\"" + word + "\" cannot be read as Japanese; a neutral vowel stands for it.");
      moras = List.of(mora(List.of(), Phone.AH));
    }
    return new Pronunciation(PronunciationSource.RULE, joined(moras));
  }

  private List<Syllable> kana(String text, Warnings warnings) {
    var moras = new ArrayList<Syllable>();
    for (int i = 0; i < text.length(); i++) {
      char c = Kana.katakana(text.charAt(i));
      Kana.Mora plain = Kana.mora(c);
      char small = i + 1 < text.length() ? Kana.katakana(text.charAt(i + 1)) : 0;
      if (plain != null && (SMALL_GLIDES.containsKey(small) || SMALL_VOWELS.containsKey(small))) {
        moras.addAll(contracted(c, plain, small));
        i++;
      } else if (plain != null) {
        moras.add(isLongO(c, moras) ? mora(List.of(), Phone.AO) : mora(plain.onset(), plain.vowel()));
      } else {
        other(text, text.charAt(i), c, moras, warnings);
      }
    }
    return moras;
  }

  /** {@code おう}: the u lengthens the o. */
  private static boolean isLongO(char c, List<Syllable> before) {
    return c == 'ウ' && !before.isEmpty() && before.getLast().nucleus() == Phone.AO;
  }

  private static void other(String text, char written, char c, List<Syllable> moras, Warnings warnings) {
    switch (c) {
      case 'ー', '〜', '~' -> lengthen(moras);
      case 'ン' -> moras.add(mora(List.of(), Phone.EN));
      case 'ッ' -> moras.add(mora(List.of(), Phone.Q));
      case 'ヵ' -> moras.add(mora(List.of(Phone.K), Phone.AA));
      case 'ヶ' -> moras.add(mora(List.of(Phone.G), Phone.AA));
      case '々' -> repeat(moras);
      default -> {
        if (SMALL_GLIDES.containsKey(c)) {
          moras.add(mora(List.of(Phone.Y), Kana.VOWELS.get(SMALL_GLIDES.get(c).charAt(0))));
        } else if (SMALL_VOWELS.containsKey(c)) {
          moras.add(mora(List.of(), Kana.VOWELS.get(SMALL_VOWELS.get(c).charAt(0))));
        } else if (c >= '0' && c <= '9') {
          DIGITS.get(c - '0').chars().forEach(d -> {
            Kana.Mora m = Kana.mora((char) d);
            moras.add(m != null ? mora(m.onset(), m.vowel()) : mora(List.of(), Phone.EN));
          });
        } else if (Character.isLetter(c) && c > 0x250) {
          warnings.add("\"" + text + "\" holds characters that are not kana (such as " + written
              + "); write them in kana. A neutral vowel stands for each.");
          moras.add(mora(List.of(), Phone.AH));
        }
      }
    }
  }

  private static void lengthen(List<Syllable> moras) {
    if (!moras.isEmpty()) {
      moras.add(mora(List.of(), moras.getLast().nucleus()));
    }
  }

  private static void repeat(List<Syllable> moras) {
    if (!moras.isEmpty()) {
      moras.add(moras.getLast());
    }
  }

  /** Kya, fa, ti, we and the like: one mora; a small vowel after its own kind lengthens it. */
  private static List<Syllable> contracted(char c, Kana.Mora plain, char small) {
    String glide = SMALL_GLIDES.get(small);
    if (glide != null) {
      var onset = new ArrayList<>(plain.onset());
      Phone last = onset.isEmpty() ? null : onset.getLast();
      if (last != Phone.SH && last != Phone.CH && last != Phone.JH) {
        onset.add(Phone.Y);
      }
      return List.of(mora(onset, Kana.VOWELS.get(glide.charAt(0))));
    }
    Phone vowel = Kana.VOWELS.get(SMALL_VOWELS.get(small).charAt(0));
    if (vowel == plain.vowel() && small != 'ヮ') {
      return List.of(mora(plain.onset(), vowel), mora(List.of(), vowel));
    }
    List<Phone> onset = switch (c) {
      case 'ウ' -> List.of(Phone.W);
      case 'イ' -> List.of(Phone.Y);
      case 'ク' -> List.of(Phone.K, Phone.W);
      case 'グ' -> List.of(Phone.G, Phone.W);
      default -> plain.onset();
    };
    return List.of(mora(onset, vowel));
  }

  /** Gives {@code っ} and {@code ん} the shape that their neighbours ask for. */
  private static List<Syllable> joined(List<Syllable> moras) {
    var out = new ArrayList<Syllable>();
    for (int i = 0; i < moras.size(); i++) {
      Syllable here = moras.get(i);
      List<Phone> following = i + 1 < moras.size() ? moras.get(i + 1).onset() : List.of();
      Phone next = following.isEmpty() ? null : following.getFirst();
      if (here.nucleus() == Phone.Q) {
        addClosure(out, next, moras.size() == 1);
      } else if (here.nucleus() == Phone.EN) {
        out.add(mora(List.of(), next == Phone.M || next == Phone.B || next == Phone.P ? Phone.EM
            : next == Phone.K || next == Phone.G ? Phone.NG : Phone.EN));
      } else {
        out.add(here);
      }
    }
    return List.copyOf(out);
  }

  private static void addClosure(List<Syllable> out, Phone next, boolean alone) {
    if (alone) {
      out.add(mora(List.of(Phone.Q), Phone.AX));
    } else if (!out.isEmpty()) {
      Syllable before = out.removeLast();
      boolean held = next != null && next.manner() != Phone.Manner.STOP && next.manner() != Phone.Manner.AFFRICATE;
      var coda = new ArrayList<>(before.coda());
      coda.add(held ? next : Phone.Q);
      out.add(new Syllable(before.onset(), before.nucleus(), coda, before.stress()));
    }
  }

  /** A long vowel's second mora and {@code ん} join what they follow. */
  @Override
  public Optional<Syllable> contract(Syllable before, Syllable weak) {
    if (!weak.onset().isEmpty() || !weak.coda().isEmpty() || !before.coda().isEmpty() || !before.nucleus().isVowel()) {
      return Optional.empty();
    }
    if (weak.nucleus() == before.nucleus()) {
      return Optional.of(before);
    }
    return switch (weak.nucleus()) {
      case EN -> Optional.of(new Syllable(before.onset(), before.nucleus(), List.of(Phone.N), 1));
      case EM -> Optional.of(new Syllable(before.onset(), before.nucleus(), List.of(Phone.M), 1));
      case NG -> Optional.of(new Syllable(before.onset(), before.nucleus(), List.of(Phone.NG), 1));
      default -> Optional.empty();
    };
  }

  static Syllable mora(List<Phone> onset, Phone nucleus) {
    return new Syllable(onset, nucleus, List.of(), 1);
  }

  @Override
  public List<Syllable> syllables(List<Segment> segments) {
    return english.syllables(segments);
  }

  @Override
  public String dictionaryKey(String word) {
    var key = new StringBuilder();
    Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).chars()
        .forEach(c -> key.append(Kana.katakana((char) c)));
    return key.toString();
  }
}
