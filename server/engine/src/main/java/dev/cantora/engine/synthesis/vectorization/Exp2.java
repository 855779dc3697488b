package dev.cantora.engine.synthesis.vectorization;

/** 2^x in float by a polynomial, for one value; {@link GainKernel} does the same for arrays. */
public final class Exp2 {

  /** Minimax for 2^x on 0..1 (Lawson's iteration, weighted for the relative error), relative error 8e-8. */
  static final float C0 = 0.9999999403953552f;
  static final float C1 = 0.6931530833244324f;
  static final float C2 = 0.24015361070632935f;
  static final float C3 = 0.05582631751894951f;
  static final float C4 = 0.008989340625703335f;
  static final float C5 = 0.0018775765784084797f;

  private Exp2() {}

  /** Exponents are held to this. */
  static final float MOST = 120f;
  /** Makes exponents positive, so that cutting off decimals rounds down. */
  static final int SHIFT = 128;
  static final int BIAS = 127;
  static final int MANTISSA_BITS = 23;

  /** @param x held to -120..120 */
  public static float of(float x) {
    float held = Math.max(-MOST, Math.min(MOST, x));
    int whole = (int) (held + SHIFT) - SHIFT;
    float part = held - whole;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(C5, part, C4), part, C3), part, C2), part, C1), part, C0);
    return p * Float.intBitsToFloat((whole + BIAS) << MANTISSA_BITS);
  }
}
