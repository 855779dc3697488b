package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.voice.units.PhoneAlphabet;
import dev.cantora.engine.voice.units.UnitBank;
import java.util.List;

/** Makes mouths that sing from a unit bank. Immutable, shared. */
public final class UnitSinger {

  /** A gap between phonemes shorter than this is bridged by the sound before it. */
  private static final double SHORTEST_GAP_SEC = 0.03;
  /** In longer gaps notes without words may sound: after a silence the last vowel is held ready for them. */
  private static final double SILENT_GAP_SEC = 0.6;
  private static final double SILENCE_BEFORE_SEC = 0.06;
  private static final double SILENCE_AFTER_SEC = 0.15;
  /** Room for the silences and held vowels put between a line's phonemes. */
  private static final int PER_PHONEME = 4;

  private final UnitBank bank;
  private final int[] timbrePhones;
  private final double pace;
  private final BreathModel breath;

  /**
   * @param timbrePhones phone of each timbre, the first is sung where nobody says what to sing
   * @param pace speed of transitions against the recordings', 0.5..2
   * @param breathRms of breath at breathiness 1 on the first timbre's vowel
   */
  public UnitSinger(UnitBank bank, int[] timbrePhones, double pace, double breathRms) {
    this.bank = bank;
    this.timbrePhones = timbrePhones.clone();
    this.pace = pace;
    var open = new UnitFrame();
    UnitMouth.target(bank, timbrePhones[0], open);
    this.breath = new BreathModel(open.envelope, breathRms);
  }

  /** A mouth for a line of a score. */
  public Articulator articulate(List<LinePhoneme> phonemes) {
    var line = new UnitLine(bank, pace, PER_PHONEME * phonemes.size() + 4);
    fill(line, phonemes);
    return mouth(line);
  }

  /** A mouth for live notes. */
  public LiveArticulator articulateLive() {
    var line = new UnitLine(bank, pace, UnitLiveMouth.CAPACITY);
    line.add(timbrePhones[0], 0, UnitLiveMouth.HELD_SEC, 0f);
    return new UnitLiveMouth(this, mouth(line), timbrePhones[0]);
  }

  private UnitMouth mouth(UnitLine line) {
    return new UnitMouth(line, breath, new TimbreMorph(bank, timbrePhones));
  }

  private void fill(UnitLine line, List<LinePhoneme> phonemes) {
    int vowel = timbrePhones[0];
    double at = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < phonemes.size(); i++) {
      LinePhoneme phoneme = phonemes.get(i);
      int phone = phone(phoneme.symbol());
      if (phone < 0) {
        continue;
      }
      double start = phoneme.startSec();
      double end = phoneme.endSec();
      if (i + 1 < phonemes.size() && phonemes.get(i + 1).startSec() - end < SHORTEST_GAP_SEC) {
        end = Math.max(end, phonemes.get(i + 1).startSec());
      }
      if (start - at > 1e-9) {
        gap(line, vowel, at, start);
      }
      boolean sameVowel = line.count > 0 && line.phone[line.count - 1] == phone && line.kind[line.count - 1].isVowel();
      if (sameVowel) {
        line.endSec[line.count - 1] = end;
      } else {
        line.add(phone, start, end, strengthLog2(phoneme));
      }
      if (line.kind[line.count - 1].isVowel()) {
        vowel = phone;
      }
      at = end;
    }
    if (line.count == 0) {
      line.add(vowel, 0, UnitLiveMouth.HELD_SEC, 0f);
    } else {
      gap(line, vowel, at, UnitLiveMouth.HELD_SEC);
    }
  }

  private static void gap(UnitLine line, int vowel, double from, double to) {
    double start = Math.max(0, from);
    if (to - start < SILENT_GAP_SEC) {
      line.add(0, start, to, 0f);
      return;
    }
    if (from > 0) {
      line.add(0, start, start + SILENCE_AFTER_SEC, 0f);
      start += SILENCE_AFTER_SEC;
    }
    line.add(vowel, start, to - SILENCE_BEFORE_SEC, 0f);
    line.add(0, to - SILENCE_BEFORE_SEC, to, 0f);
  }

  int phone(String symbol) {
    return PhoneAlphabet.inBank(bank, symbol);
  }

  /** Log2 gain of a consonant's noise: its strength against what the contract gives that consonant. */
  private static float strengthLog2(LinePhoneme phoneme) {
    double usual = Phone.of(phoneme.symbol()).map(Phone::strength).orElse(1.0);
    double ratio = Math.clamp(phoneme.strength() / usual, 1.0 / 64, 1.4);
    return ratio == 1 ? 0f : (float) (StrictMath.log(ratio) / StrictMath.log(2));
  }
}
