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
  /** A number added to this, less a half, is rounded down, and stands in the lowest bits. */
  static final float WHOLE = 0x1.8p23f;
  static final int ONE = 127 << 23;
  static final int MANTISSA_BITS = 23;

  /** @param x held to -120..120 */
  public static float of(float x) {
    float held = x > MOST ? MOST : x < -MOST ? -MOST : x;
    float shifted = (held - 0.5f) + WHOLE;
    float part = held - (shifted - WHOLE);
    float p = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(C5, part, C4), part, C3), part, C2), part, C1), part, C0);
    return p * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << MANTISSA_BITS) + ONE);
  }
}
