package dev.cantora.engine.audio;

/**
 * The limiter of live audio: each sample becomes its hyperbolic tangent, so that nothing passes 1.
 *
 * <p>tanh is computed as its continued fraction x / (1 + x&sup2; / (3 + x&sup2; / (5 + ...))) (Lambert, 1768) cut off
 * after 17 and multiplied out to one fraction of polynomials: within 4e-8 up to |x| = 4, within 2e-4 beyond, never above
 * 1. Only +, *, / in double: the same bits everywhere, and the JIT makes vector code of it.
 */
public final class TanhLimiter {

  /** From here on the fraction is above 1 and the result is 1. */
  private static final double SATURATION = 9;

  private TanhLimiter() {}

  /** Limits the first {@code count} samples in place. */
  public static void apply(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      samples[i] = tanh(samples[i]);
    }
  }

  /** NaN stays NaN. */
  static float tanh(float sample) {
    double x = Math.min(SATURATION, Math.max(-SATURATION, sample));
    double y = x * x;
    double numerator = x * (34459425.0 + y * (4729725.0 + y * (135135.0 + y * (990.0 + y))));
    double denominator = 34459425.0 + y * (16216200.0 + y * (945945.0 + y * (13860.0 + y * 45.0)));
    return (float) Math.min(1.0, Math.max(-1.0, numerator / denominator));
  }
}
