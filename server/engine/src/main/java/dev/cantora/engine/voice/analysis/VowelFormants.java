package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.BankAxis;
import java.util.ArrayList;
import java.util.List;

/**
 * The formants a listener finds in a held vowel: linear prediction with two poles for each of five formants below a
 * ceiling, from the harmonics of an A2, emphasised by 6 dB per octave above 50 Hz. That is praat's way (Burg, 5 formants), so
 * what a preset states can be checked against what it sings. The tracker's own path through a recording is no such
 * statement: it follows movements and may be pulled off a single frame's peaks.
 */
final class VowelFormants {

  static final double SUNG_HZ = 110;
  private static final int POLES = 10;
  private static final double EMPHASIS_FROM_HZ = 50;
  private static final double LOWEST_HZ = 150;
  private static final double WIDEST_HZ = 1300;

  private VowelFormants() {}

  /** Formants of an envelope on the even axis, lowest first. @param tracked what the tracker says, for those not found */
  static List<Double> of(float[] envelope, double ceilingHz, float[] tracked) {
    double[] r = new double[POLES + 1];
    double leak = StrictMath.exp(-Math.PI * EMPHASIS_FROM_HZ / ceilingHz);
    for (int k = 1; k * SUNG_HZ < ceilingHz; k++) {
      double at = k * SUNG_HZ / BankAxis.SPACING_HZ;
      int low = (int) at;
      double log2 = envelope[low] + (at - low) * (envelope[low + 1] - envelope[low]);
      double angle = Math.PI * k * SUNG_HZ / ceilingHz;
      double power = StrictMath.pow(4, log2) * (1 + leak * leak - 2 * leak * StrictMath.cos(angle));
      for (int lag = 0; lag <= POLES; lag++) {
        r[lag] += power * StrictMath.cos(angle * lag);
      }
    }
    r[0] *= 1 + 1e-9;
    var found = new ArrayList<Double>();
    for (double[] pole : LinearPrediction.poles(r, POLES, 2 * ceilingHz)) {
      if (pole[0] > LOWEST_HZ && pole[1] < WIDEST_HZ && found.size() < tracked.length) {
        found.add((double) Math.round(pole[0]));
      }
    }
    for (int i = found.size(); i < tracked.length; i++) {
      found.add((double) Math.max(tracked[i], i == 0 ? 0 : found.get(i - 1)));
    }
    return found;
  }
}
