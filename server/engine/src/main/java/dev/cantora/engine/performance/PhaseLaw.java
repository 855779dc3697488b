package dev.cantora.engine.performance;

/**
 * How the glottal phase runs between two control points. Frequency moves on a straight line; the stretch is cut into
 * segments of {@value #SEGMENT} samples, in each of which phase is a quadratic in exact integers:
 * {@code phase + i increment + i(i-1)/2 glide}, low 32 bits = fraction of a turn. Nothing is rounded twice, so phase is
 * continuous whatever is rendered in which order; the frequency is exact to 2^-33 of the sample rate at each segment start.
 */
public final class PhaseLaw {

  public static final int SEGMENT = 64;

  private final double turnsPerHz;
  private double from;
  private double slope;

  public PhaseLaw(int sampleRateHz) {
    turnsPerHz = 0x1p32 / sampleRateHz;
  }

  /** Sets the stretch. @param samples its length, at least 1 */
  public void stretch(double fromHz, double toHz, int samples) {
    from = fromHz * turnsPerHz;
    slope = (toHz - fromHz) * turnsPerHz / samples;
  }

  /** Increment per sample at a sample of the stretch, in 2^-32 turn. */
  public int increment(int sample) {
    return (int) (long) Math.rint(Math.fma(slope, sample, from));
  }

  /** Change of the increment per sample over a segment of the stretch. @param length of the segment */
  public int glide(int segmentStart, int length) {
    return (int) Math.rint((double) (increment(segmentStart + length) - increment(segmentStart)) / length);
  }

  /** The phase {@code samples} after a segment's start. */
  public static long advance(long phase, int increment, int glide, int samples) {
    return phase + Integer.toUnsignedLong(increment) * samples + (long) glide * (samples * (samples - 1) / 2);
  }

  /** The phase at the end of the stretch. @param samples its length */
  public long end(long phase, int samples) {
    long at = phase;
    for (int start = 0; start < samples; start += SEGMENT) {
      int length = Math.min(SEGMENT, samples - start);
      at = advance(at, increment(start), glide(start, length), length);
    }
    return at;
  }
}
