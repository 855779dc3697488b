package dev.cantora.engine.voice;

/**
 * The bands in which noise is stated: equal steps on the Bark-like scale of Traunmueller (1990),
 * {@code z = 26.81 f / (1960 + f) - 0.53}, from 0 to 24 kHz.
 */
public final class NoiseBands {

  public static final int COUNT = 24;
  private static final double TOP_HZ = 24000;

  private NoiseBands() {}

  /** Lower edge of a band in Hz; {@code edgeHz(COUNT)} is the top of the last. @param band 0..COUNT */
  public static double edgeHz(int band) {
    double zTop = bark(TOP_HZ);
    double zBottom = bark(0);
    double z = zBottom + (zTop - zBottom) * band / COUNT;
    return 1960 * (z + 0.53) / (26.28 - z);
  }

  /** Where a frequency lies on the axis of bands: 0 at the lower edge of the first, {@link #COUNT} at the top. */
  public static double position(double hz) {
    double zBottom = bark(0);
    return (bark(hz) - zBottom) / (bark(TOP_HZ) - zBottom) * COUNT;
  }

  private static double bark(double hz) {
    return 26.81 * hz / (1960 + hz) - 0.53;
  }
}
