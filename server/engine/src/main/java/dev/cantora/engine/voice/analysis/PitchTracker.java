package dev.cantora.engine.voice.analysis;

/**
 * Fundamental frequency by YIN (de Cheveigne and Kawahara, "YIN, a fundamental frequency estimator for speech and music",
 * JASA 111, 2002): cumulative mean normalised difference, absolute threshold {@value #THRESHOLD}, parabolic refinement.
 */
public final class PitchTracker {

  private static final double THRESHOLD = 0.2;
  /** Beyond this aperiodicity a frame has no pitch. */
  private static final double VOICED_BELOW = 0.45;

  private final int rateHz;
  private final int minLag;
  private final int maxLag;
  private final double[] difference;
  private final float[] stretch;

  /** @param minHz at least 40 @param maxHz at most a tenth of the rate */
  public PitchTracker(int rateHz, double minHz, double maxHz) {
    this.rateHz = rateHz;
    this.minLag = Math.max(2, (int) Math.floor(rateHz / maxHz));
    this.maxLag = (int) Math.ceil(rateHz / minHz) + 1;
    this.difference = new double[maxLag + 1];
    this.stretch = new float[2 * maxLag + 2];
  }

  /** Pitch in Hz of the frame around a sample, or 0 where there is none. */
  public double at(float[] x, int centre) {
    int from = centre - maxLag;
    for (int i = 0; i < stretch.length; i++) {
      stretch[i] = sample(x, from + i);
    }
    for (int lag = 1; lag <= maxLag; lag++) {
      double sum = 0;
      int start = (maxLag - lag) / 2;
      for (int i = start; i < start + maxLag; i++) {
        double d = stretch[i] - stretch[i + lag];
        sum += d * d;
      }
      difference[lag] = sum;
    }
    double total = 0;
    int best = -1;
    double[] normal = new double[maxLag + 1];
    normal[0] = 1;
    for (int lag = 1; lag <= maxLag; lag++) {
      total += difference[lag];
      normal[lag] = total > 0 ? difference[lag] * lag / total : 1;
    }
    for (int lag = minLag; lag < maxLag; lag++) {
      if (normal[lag] < THRESHOLD && normal[lag] <= normal[lag + 1]) {
        best = lag;
        break;
      }
    }
    if (best < 0) {
      best = minLag;
      for (int lag = minLag; lag < maxLag; lag++) {
        if (normal[lag] < normal[best]) {
          best = lag;
        }
      }
      if (normal[best] > VOICED_BELOW) {
        return 0;
      }
    }
    double lag = best;
    if (best > 1 && best < maxLag) {
      double a = difference[best - 1];
      double b = difference[best];
      double c = difference[best + 1];
      double curve = a - 2 * b + c;
      if (curve > 0) {
        lag += Math.clamp(0.5 * (a - c) / curve, -0.5, 0.5);
      }
    }
    return rateHz / lag;
  }

  private static float sample(float[] x, int i) {
    return i < 0 || i >= x.length ? 0f : x[i];
  }
}
