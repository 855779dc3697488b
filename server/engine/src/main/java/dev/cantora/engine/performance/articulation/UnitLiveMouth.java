package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.BankAxis;
import dev.cantora.engine.voice.units.PhoneClass;
import java.util.List;

/**
 * A unit mouth whose line is written as it is sung. Consonants run at their natural length, the vowel is held until told
 * otherwise. Whenever the line changes under way, the sound moves over from what it was within {@value #FADE_SEC} s.
 */
final class UnitLiveMouth implements LiveArticulator {

  static final int CAPACITY = 72;
  /** Stands for "until further notice": no session lasts a year. */
  static final double HELD_SEC = 3e7;

  private static final double FADE_SEC = 0.02;
  private static final double CONSONANT_SEC = 0.09;
  private static final double CODA_VOWEL_SEC = 0.08;
  private static final double SILENCE_SEC = 0.2;

  private final UnitSinger singer;
  private final UnitMouth mouth;
  private final UnitLine line;
  private final int defaultVowel;
  private final SpectralFrame last;
  private final SpectralFrame before;
  private boolean sounded;
  private double fadeFromSec = Double.NEGATIVE_INFINITY;
  private int held;

  UnitLiveMouth(UnitSinger singer, UnitMouth mouth, int defaultVowel) {
    this.singer = singer;
    this.mouth = mouth;
    this.line = mouth.line;
    this.last = new SpectralFrame(line.bank.grid());
    this.before = new SpectralFrame(line.bank.grid());
    this.defaultVowel = defaultVowel;
  }

  @Override
  public void begin(List<String> phonemes, double atSec) {
    int from = current(atSec);
    int phoneBefore = line.phone[from];
    line.clear();
    line.add(phoneBefore, atSec - CONSONANT_SEC, atSec, 0f);
    held = -1;
    double at = atSec;
    for (int i = 0; i < phonemes.size() && line.count < CAPACITY - 2; i++) {
      int phone = singer.phone(phonemes.get(i));
      if (phone < 0) {
        continue;
      }
      line.add(phone, at, at + CONSONANT_SEC, 0f);
      int added = line.count - 1;
      if (held < 0 && line.kind[added].isVowel()) {
        hold(added);
        at = line.endSec[added];
      } else {
        at += CONSONANT_SEC;
      }
    }
    if (held < 0 && line.count == 1) {
      line.add(defaultVowel, at, at, 0f);
      hold(1);
    } else if (held < 0) {
      hold(line.count - 1); // a syllable without vowel hums its last sound
    }
    line.add(0, line.endSec[line.count - 1], line.endSec[line.count - 1] + HELD_SEC, 0f);
    changed(atSec);
  }

  private void hold(int index) {
    held = index;
    line.endSec[index] = line.startSec[index] + HELD_SEC;
  }

  /** The phone that sounds at a time, as far as the line goes. */
  private int current(double atSec) {
    int index = 0;
    while (index + 1 < line.count && line.startSec[index + 1] <= atSec) {
      index++;
    }
    return index;
  }

  @Override
  public double end(double atSec) {
    if (held < 0) {
      return atSec;
    }
    boolean coda = held + 2 < line.count;
    double at = Math.max(atSec, line.startSec[held]);
    if (coda) {
      line.plan(held);
      at += Math.min(line.secondSec, CODA_VOWEL_SEC);
    }
    if (coda || line.kind[held] == PhoneClass.STOP) {
      line.endSec[held] = at;
      for (int i = held + 1; i < line.count; i++) {
        line.startSec[i] = at;
        at += i + 1 < line.count ? CONSONANT_SEC : SILENCE_SEC;
        line.endSec[i] = i + 1 < line.count ? at : at + HELD_SEC;
      }
      changed(atSec);
    }
    held = -1;
    return coda ? at - SILENCE_SEC : atSec;
  }

  private void changed(double atSec) {
    mouth.rewind();
    if (sounded) {
      copy(last, before);
      fadeFromSec = atSec;
    }
  }

  @Override
  public void at(double timeSec, float[] timbreWeights, SpectralFrame out) {
    mouth.at(timeSec, timbreWeights, out);
    float part = (float) ((timeSec - fadeFromSec) / FADE_SEC);
    if (part < 1f && part >= 0f) {
      mix(before.envelope, out.envelope, part);
      mix(before.noise, out.noise, part);
      mix(before.breath, out.breath, part);
    }
    copy(out, last);
    sounded = true;
  }

  @Override
  public double nextEdgeSec(double timeSec) {
    return mouth.nextEdgeSec(timeSec);
  }

  @Override
  public double steadyUntilSec(double timeSec) {
    return timeSec - fadeFromSec < FADE_SEC ? timeSec : mouth.steadyUntilSec(timeSec);
  }

  private static void mix(float[] from, float[] to, float part) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from[i] + part * (to[i] - from[i]);
    }
  }

  private static void copy(SpectralFrame from, SpectralFrame to) {
    System.arraycopy(from.envelope, 0, to.envelope, 0, BankAxis.GRID_POINTS);
    System.arraycopy(from.noise, 0, to.noise, 0, NoiseBands.COUNT);
    System.arraycopy(from.breath, 0, to.breath, 0, NoiseBands.COUNT);
  }
}
