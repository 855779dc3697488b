package dev.cantora.engine.synthesis.vectorization;

/**
 * The loops that turn logarithmic spectra into gains, a few hundred values at every control point of every singer. Arrays
 * have room for a multiple of {@link SampleKernel#PADDING} values and values beyond the count are undefined afterwards;
 * every implementation gives the same bits.
 */
public interface GainKernel {

  /** Greatest number of partials. */
  int MOST_PARTIALS = 128;

  /** The tilt of the source acts over at most this many octaves. */
  float TILT_OCTAVES = 4f;

  /**
   * An envelope at multiples of {@code stride} points: {@code out[k]} lies at {@code (k + 1) stride}, on straight lines between
   * points, the end held; {@code nothing} where that is not above {@code silent}.
   *
   * @param envelope at least two points
   * @param stride distance of partials in points
   * @param scratch as long as {@code out}
   * @param out padded
   * @param most how many values are asked for, up to {@value #MOST_PARTIALS}
   * @return how many there are up to the last that is above {@code silent}
   */
  int sample(float[] envelope, float stride, float silent, float nothing, int[] scratch, float[] out, int most);

  /**
   * Gains of partials in place: {@code gain[k] = 2^(gain[k] + tilt clamp(octaves[k] + base, 0, 4)) (factor[k] scale)}.
   *
   * @param gain in log2
   * @param octaves of each partial above the first
   * @param base octaves of the first partial above the point where the tilt begins
   * @param tilt log2 per octave
   */
  void harmonics(float[] gain, int count, float[] octaves, float base, float tilt, float[] factor, float scale);

  /** Gains of bands: {@code out[b] = 2^(log[b] + gain)}, 0 where that is less than {@code floor}. */
  void bands(float[] log, float gain, float floor, int count, float[] out);
}
