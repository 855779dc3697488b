package dev.cantora.engine.voice.analysis;

/**
 * Power of a signal at evenly spaced frequencies (Goertzel, "An algorithm for the evaluation of finite trigonometric
 * series", 1958). Four frequencies at a time, because one recurrence waits for itself at every sample.
 */
final class Goertzel {

  private Goertzel() {}

  /** Writes the power at {@code firstHz + k stepHz} for k below count. @param length of x that counts */
  static void powers(double[] x, int length, double firstHz, double stepHz, int rateHz, double[] out, int count) {
    for (int k = 0; k < count; k += 4) {
      double a = coefficient(firstHz + k * stepHz, rateHz);
      double b = coefficient(firstHz + (k + 1) * stepHz, rateHz);
      double c = coefficient(firstHz + (k + 2) * stepHz, rateHz);
      double d = coefficient(firstHz + (k + 3) * stepHz, rateHz);
      double a1 = 0;
      double a2 = 0;
      double b1 = 0;
      double b2 = 0;
      double c1 = 0;
      double c2 = 0;
      double d1 = 0;
      double d2 = 0;
      for (int i = 0; i < length; i++) {
        double sample = x[i];
        double na = sample + a * a1 - a2;
        double nb = sample + b * b1 - b2;
        double nc = sample + c * c1 - c2;
        double nd = sample + d * d1 - d2;
        a2 = a1;
        b2 = b1;
        c2 = c1;
        d2 = d1;
        a1 = na;
        b1 = nb;
        c1 = nc;
        d1 = nd;
      }
      put(out, k, count, a1, a2, a);
      put(out, k + 1, count, b1, b2, b);
      put(out, k + 2, count, c1, c2, c);
      put(out, k + 3, count, d1, d2, d);
    }
  }

  /** Fills a Hann window of a real-valued span around a centre that need not be a sample, times a signal; returns the length. */
  static int window(float[] x, double centre, double span, double[] out, double[] sums) {
    int from = (int) Math.ceil(centre - span / 2);
    int to = (int) Math.floor(centre + span / 2);
    int length = to - from + 1;
    double turn = 2 * Math.PI / span;
    double twice = 2 * StrictMath.cos(turn);
    double before = StrictMath.cos(turn * (from - 1 - centre));
    double now = StrictMath.cos(turn * (from - centre));
    double sum = 0;
    double power = 0;
    for (int i = 0; i < length; i++) {
      double w = 0.5 + 0.5 * now;
      double next = twice * now - before;
      before = now;
      now = next;
      int at = from + i;
      out[i] = at < 0 || at >= x.length ? 0 : x[at] * w;
      sum += w;
      power += w * w;
    }
    sums[0] = sum;
    sums[1] = power;
    return length;
  }

  private static double coefficient(double hz, int rateHz) {
    return 2 * StrictMath.cos(2 * Math.PI * hz / rateHz);
  }

  private static void put(double[] out, int k, int count, double last, double before, double coefficient) {
    if (k < count) {
      out[k] = Math.max(0, last * last + before * before - coefficient * last * before);
    }
  }
}
