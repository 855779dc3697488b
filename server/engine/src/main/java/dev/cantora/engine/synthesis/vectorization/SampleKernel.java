package dev.cantora.engine.synthesis.vectorization;

/**
 * The innermost loops of synthesis, over segments of at most {@value #SEGMENT} samples. Has scratch, so one thread at a
 * time; every implementation gives the same bits.
 *
 * <p>Partials: the sines of one segment follow Chebyshev's recurrence over the partial number with stride 8,
 * {@code sin((k+8)x) = 2cos(8x) sin(kx) - sin((k-8)x)}, whose error stays below -104 dB up to 80 partials (stride 1:
 * -81 dB). Successive rows of 8 partials carry the signs + + - -, which turns the subtraction into an addition: gains
 * come with {@link #rowSign} applied.
 */
public interface SampleKernel {

  /** Greatest number of samples per call; all sample arrays are this long. */
  int SEGMENT = 64;

  /** Partials per row of the recurrence. */
  int ROW = 8;

  /** Gain arrays are padded with zeros to a multiple of this, two rows. */
  int PADDING = 2 * ROW;

  /** Sign with which the gain of a partial is to be passed. @param partial 1-based */
  static float rowSign(int partial) {
    return ((partial - 1) / ROW & 2) == 0 ? 1f : -1f;
  }

  /**
   * A segment of harmonics: {@code out[i] = sum over k of (gain[k-1] + (offset + i) step[k-1]) sin(k phase(i))} with
   * {@code phase(i) = phase + i increment + i(i-1)/2 glide}, in units of 2^-32 turn, wrapping.
   *
   * @param offset samples since the point at which {@code gain} held
   * @param gain with row signs
   * @param step change of gain per sample
   * @param partials a multiple of {@link #PADDING}, at least one
   * @param samples 1..{@link #SEGMENT}; values beyond it in the outputs are undefined
   * @param out receives the sum
   * @param fundamental receives {@code sin(phase(i))}
   */
  void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials, int samples,
      float[] out, float[] fundamental);

  /**
   * A segment of noise: {@code out[i] = sum over bands of (gain[b] + (offset + i) step[b]) loops[b][positions[b] + i]}.
   *
   * @param loops readable to {@link #SEGMENT} samples beyond every position
   * @param firstBand, lastBand bands to sum, the last one excluded
   */
  void noise(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain, float[] step,
      int samples, float[] out);

  /** Adds a segment to a mix: {@code into[at + i] += segment[i]}. */
  void add(float[] segment, int samples, float[] into, int at);

  /** Adds a segment whose gain moves: {@code into[at + i] += segment[i] (gain + i step)}. */
  void add(float[] segment, int samples, float gain, float step, float[] into, int at);

  /**
   * Adds noise that follows the glottal cycle: {@code voiced[i] += noise[i] (mean - swing fundamental[i])}.
   *
   * @param samples 1..{@link #SEGMENT}; values beyond it in {@code voiced} are undefined
   */
  void addBreath(float[] noise, float[] fundamental, float mean, float swing, int samples, float[] voiced);

  /** What is in use, for logs and benchmarks, such as {@code vector-512} or {@code scalar}. */
  String description();
}
