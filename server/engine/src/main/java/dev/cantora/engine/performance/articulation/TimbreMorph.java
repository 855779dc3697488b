package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.units.UnitBank;
import java.util.Arrays;

/** Vowel colours by weight: the timbres' target frames, warped to their mean formants and mixed in decibels. */
final class TimbreMorph {

  private final UnitFrame[] timbres;
  private final float[] weights;
  private final float[] formantsHz = new float[UnitBank.FORMANTS];
  private final float[] mixed;
  private final SpectralWarp warp = new SpectralWarp(UnitBank.FORMANTS, 4f);

  /** @param phones target phone of each timbre */
  TimbreMorph(UnitBank bank, int[] phones) {
    timbres = new UnitFrame[phones.length];
    for (int i = 0; i < phones.length; i++) {
      timbres[i] = new UnitFrame();
      UnitMouth.target(bank, phones[i], timbres[i]);
    }
    weights = new float[phones.length];
    Arrays.fill(weights, Float.NaN);
    mixed = new float[timbres[0].envelope.length];
  }

  /** Mixes the colour into an envelope. @param share 1 replaces it */
  void blend(float[] wanted, float share, float[] envelope) {
    if (share <= 0f) {
      return;
    }
    if (!Arrays.equals(wanted, weights)) {
      mix(wanted);
    }
    for (int i = 0; i < envelope.length; i++) {
      envelope[i] += share * (mixed[i] - envelope[i]);
    }
  }

  private void mix(float[] wanted) {
    System.arraycopy(wanted, 0, weights, 0, weights.length);
    Arrays.fill(formantsHz, 0f);
    for (int t = 0; t < timbres.length; t++) {
      for (int i = 0; i < formantsHz.length; i++) {
        formantsHz[i] += weights[t] * timbres[t].formantsHz[i];
      }
    }
    Arrays.fill(mixed, 0f);
    for (int t = 0; t < timbres.length; t++) {
      if (weights[t] != 0f) {
        warp.set(timbres[t].formantsHz, formantsHz, 1f);
        warp.apply(timbres[t].envelope, weights[t], true, mixed);
      }
    }
  }
}
