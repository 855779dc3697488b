package dev.cantora.engine.voice.analysis;

/**
 * How much one period of a sound is like its neighbour: the normalised correlation of the period around an instant with
 * the one before or after it, whichever is more alike (Boersma, "Accurate short-term analysis of the fundamental frequency
 * and the harmonics-to-noise ratio", 1993, rests on the same quantity over longer windows). It sees the first and the last
 * period of a voiced stretch, which windows of several periods mix with what lies beyond.
 */
final class LocalPeriodicity {

  /** Periods may differ by this share. */
  private static final double LAG_REACH = 0.04;
  /** Mean square per sample that counts as silence. */
  private static final double SILENT = 1e-8;

  private final float[] low;
  private final int rateHz;

  /** @param x the sound; looked at below about 4 kHz, where voices are periodic even under friction */
  LocalPeriodicity(float[] x, int rateHz) {
    this.rateHz = rateHz;
    int box = Math.max(1, rateHz / 4000);
    this.low = smoothed(smoothed(x, box), box);
  }

  private static float[] smoothed(float[] x, int box) {
    float[] out = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      float sum = 0f;
      for (int j = 0; j < box; j++) {
        int at = i + j - box / 2;
        sum += at < 0 || at >= x.length ? 0f : x[at];
      }
      out[i] = sum / box;
    }
    return out;
  }

  /** Correlation, 1 for an exact repetition. @param centre in samples */
  double at(double centre, double f0Hz) {
    double period = rateHz / f0Hz;
    int length = (int) Math.round(period);
    int from = (int) Math.round(centre - period / 2);
    int least = (int) Math.round(period * (1 - LAG_REACH));
    int most = (int) Math.round(period * (1 + LAG_REACH));
    double best = -1;
    for (int lag = least; lag <= most; lag++) {
      best = Math.max(best, Math.max(correlation(from, from + lag, length), correlation(from, from - lag, length)));
    }
    return best;
  }

  private double correlation(int a, int b, int length) {
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < length; i++) {
      meanA += sample(a + i);
      meanB += sample(b + i);
    }
    meanA /= length;
    meanB /= length;
    double both = 0;
    double powerA = SILENT * length;
    double powerB = SILENT * length;
    for (int i = 0; i < length; i++) {
      double p = sample(a + i) - meanA;
      double q = sample(b + i) - meanB;
      both += p * q;
      powerA += p * p;
      powerB += q * q;
    }
    return both / Math.sqrt(powerA * powerB);
  }

  private float sample(int i) {
    return i < 0 || i >= low.length ? 0f : low[i];
  }
}
