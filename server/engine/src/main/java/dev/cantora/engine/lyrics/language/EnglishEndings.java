package dev.cantora.engine.lyrics.language;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How English endings change the sounds of a known word. */
final class EnglishEndings {
  private static final Set<Phone> SIBILANTS = EnumSet.of(Phone.S, Phone.Z, Phone.SH, Phone.ZH, Phone.CH, Phone.JH);

  private EnglishEndings() {}

  /** Adds the s of plural and possessive: IH Z after a sibilant, S after an unvoiced sound, else Z. */
  static List<Segment> plural(List<Segment> base) {
    Phone last = base.getLast().phone();
    var out = new ArrayList<>(base);
    if (SIBILANTS.contains(last)) {
      out.add(new Segment(Phone.IH, 0));
      out.add(new Segment(Phone.Z, 0));
    } else {
      out.add(new Segment(last.isVoiced() ? Phone.Z : Phone.S, 0));
    }
    return List.copyOf(out);
  }

  /** {@code singing} to {@code singin'}. */
  static List<Segment> withoutG(List<Segment> base) {
    var out = new ArrayList<>(base);
    if (out.getLast().phone() == Phone.NG) {
      out.set(out.size() - 1, new Segment(Phone.N, 0));
    }
    return List.copyOf(out);
  }

  /**
   * Drops the unstressed vowel that verse swallows, where there are syllables to spare; ER becomes R.
   *
   * @param lastOnly only a vowel before the last sound ({@code bless'd}); else the first unstressed one after the stress
   */
  static List<Segment> withoutWeakVowel(List<Segment> full, boolean lastOnly) {
    long vowels = full.stream().filter(s -> s.phone().isVowel()).count();
    int from = lastOnly ? full.size() - 2 : 1;
    for (int i = Math.max(1, from); vowels > 1 && i < full.size() - 1; i++) {
      Segment s = full.get(i);
      if (s.phone().isVowel() && s.stress() == 0) {
        var out = new ArrayList<>(full);
        if (s.phone() == Phone.ER) {
          out.set(i, new Segment(Phone.R, 0));
        } else {
          out.remove(i);
        }
        return List.copyOf(out);
      }
    }
    return full;
  }
}
