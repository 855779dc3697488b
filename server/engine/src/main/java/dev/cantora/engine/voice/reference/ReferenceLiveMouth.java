package dev.cantora.engine.voice.reference;

import dev.cantora.engine.performance.articulation.LiveArticulator;
import dev.cantora.engine.voice.SpectralFrame;
import java.util.List;

/** A reference mouth whose syllable arrives as it is played. Consonants take {@value #CONSONANT_SEC} s each. */
final class ReferenceLiveMouth implements LiveArticulator {

  private static final int MOST_PHONEMES = 64;
  private static final double CONSONANT_SEC = 0.06;
  /** Stands for "until further notice": no session lasts a year. */
  private static final double HELD_SEC = 3e7;

  private final ReferenceMouth mouth;
  private int held = -1;

  ReferenceLiveMouth(ReferenceVoice voice) {
    mouth = new ReferenceMouth(voice, MOST_PHONEMES);
  }

  @Override
  public void begin(List<String> phonemes, double atSec) {
    mouth.clear();
    held = -1;
    double at = atSec;
    for (int i = 0; i < phonemes.size() && mouth.count() < MOST_PHONEMES; i++) {
      int index = mouth.count();
      mouth.add(phonemes.get(i), at, at + CONSONANT_SEC, 1f);
      if (held < 0 && mouth.isVowel(index)) {
        held = index;
        mouth.retime(index, at, at + HELD_SEC);
        at += HELD_SEC;
      } else {
        at += CONSONANT_SEC;
      }
    }
  }

  @Override
  public double end(double atSec) {
    if (held < 0) {
      return atSec;
    }
    double at = Math.max(atSec, mouth.startSec(held));
    mouth.retime(held, mouth.startSec(held), at);
    for (int i = held + 1; i < mouth.count(); i++) {
      mouth.retime(i, at, at + CONSONANT_SEC);
      at += CONSONANT_SEC;
    }
    held = -1;
    return at;
  }

  @Override
  public void at(double timeSec, float[] timbreWeights, SpectralFrame out) {
    mouth.at(timeSec, timbreWeights, out);
  }

  @Override
  public double steadyUntilSec(double timeSec) {
    return mouth.steadyUntilSec(timeSec);
  }
}
