package dev.cantora.engine.voice.analysis;

import java.util.ArrayList;
import java.util.List;

/** Levinson-Durbin recursion, and the poles of what it finds. */
final class LinearPrediction {

  private static final int ITERATIONS = 200;

  private LinearPrediction() {}

  /** Pairs of frequency and bandwidth in Hz of the resonances, ascending. @param rateHz twice the top of the spectrum */
  static double[][] poles(double[] autocorrelation, int order, double rateHz) {
    double[] a = predictor(autocorrelation, order);
    double[] re = new double[order];
    double[] im = new double[order];
    roots(a, re, im);
    List<double[]> poles = new ArrayList<>();
    for (int i = 0; i < order; i++) {
      if (im[i] > 0) {
        double hz = Math.atan2(im[i], re[i]) * rateHz / (2 * Math.PI);
        double radius = Math.min(0.9999, Math.hypot(re[i], im[i]));
        poles.add(new double[] {hz, -StrictMath.log(radius) * rateHz / Math.PI});
      }
    }
    poles.sort((p, q) -> Double.compare(p[0], q[0]));
    return poles.toArray(double[][]::new);
  }

  /** Coefficients 1, a1, .. of the prediction error filter. */
  static double[] predictor(double[] r, int order) {
    double[] a = new double[order + 1];
    double[] next = new double[order + 1];
    a[0] = 1;
    double error = r[0];
    for (int i = 1; i <= order && error > 0; i++) {
      double sum = r[i];
      for (int j = 1; j < i; j++) {
        sum += a[j] * r[i - j];
      }
      double reflection = -sum / error;
      System.arraycopy(a, 0, next, 0, order + 1);
      for (int j = 1; j < i; j++) {
        next[j] = a[j] + reflection * a[i - j];
      }
      next[i] = reflection;
      System.arraycopy(next, 0, a, 0, order + 1);
      error *= 1 - reflection * reflection;
    }
    return a;
  }

  /** All roots of z^n + a1 z^(n-1) + .. at once (Durand-Kerner). */
  private static void roots(double[] a, double[] re, double[] im) {
    int n = re.length;
    for (int i = 0; i < n; i++) {
      double turn = 2 * Math.PI * i / n + 0.4;
      re[i] = 0.9 * StrictMath.cos(turn);
      im[i] = 0.9 * StrictMath.sin(turn);
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double moved = 0;
      for (int i = 0; i < n; i++) {
        double vr = 1;
        double vi = 0;
        for (int k = 1; k <= n; k++) {
          double r = vr * re[i] - vi * im[i] + a[k];
          vi = vr * im[i] + vi * re[i];
          vr = r;
        }
        double dr = 1;
        double di = 0;
        for (int j = 0; j < n; j++) {
          if (j != i) {
            double xr = re[i] - re[j];
            double xi = im[i] - im[j];
            double r = dr * xr - di * xi;
            di = dr * xi + di * xr;
            dr = r;
          }
        }
        double norm = dr * dr + di * di + 1e-300;
        double sr = (vr * dr + vi * di) / norm;
        double si = (vi * dr - vr * di) / norm;
        re[i] -= sr;
        im[i] -= si;
        moved = Math.max(moved, Math.abs(sr) + Math.abs(si));
      }
      if (moved < 1e-10) {
        return;
      }
    }
  }
}
