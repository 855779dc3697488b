package dev.cantora.bench;

import java.util.Arrays;

/** Durations of repeated measurements, in milliseconds or whatever they were added in. */
public final class Rounds {

  private double[] values = new double[16];
  private int count;

  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  public int count() {
    return count;
  }

  public double best() {
    return quantile(0);
  }

  public double median() {
    return quantile(0.5);
  }

  /** @param share 0..1, 0 the least value and 1 the greatest; NaN when there is none */
  public double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1, Math.round(share * (count - 1)))];
  }
}
