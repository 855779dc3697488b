package dev.cantora.engine.synthesis.vectorization;

/**
 * {@code sin(2 pi x) = x (1/4 - x^2) P(x^2)} on -1/2..1/2; minimax coefficients (Lawson's iteration in double precision,
 * weighted for the absolute error of the product), absolute error 1.1e-7.
 */
final class SinePolynomial {

  static final float P0 = 25.13273048400879f;
  static final float P1 = -64.83467864990234f;
  static final float P2 = 67.04389953613281f;
  static final float P3 = -38.12319564819336f;
  static final float P4 = 12.233301162719727f;

  /** Turns per unit of an integer phase. */
  static final float TURN = 0x1p-32f;

  /**
   * {@code 2 cos(2 pi x) = 2 + x^2 Q(x^2)} on -1/4..1/4, absolute error 5e-10. The recurrence magnifies an error of this
   * factor most where it is near 2 or -2, and there this form is exact to the last rounding; other phases are folded by half
   * a turn, which changes the sign.
   */
  static final float Q0 = -39.478416442871094f;
  static final float Q1 = 129.8787078857422f;
  static final float Q2 = -170.90765380859375f;
  static final float Q3 = 120.2964096069336f;
  static final float Q4 = -50.01359176635742f;

  /** Turns per unit of a phase that was doubled to fold it by half a turn. */
  static final float HALF_TURN = 0x1p-33f;

  static final int SIGN = 1 << 31;

  private SinePolynomial() {}

  static float twoCosine(int phase) {
    int folded = phase << 1;
    float x = folded * HALF_TURN;
    float y = x * x;
    float q = Math.fma(Math.fma(Math.fma(Math.fma(Q4, y, Q3), y, Q2), y, Q1), y, Q0);
    int sign = (phase ^ folded) & SIGN;
    return Float.intBitsToFloat(Float.floatToRawIntBits(Math.fma(y, q, 2f)) ^ sign);
  }

  static float sine(int phase) {
    float x = phase * TURN;
    float y = x * x;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(P4, y, P3), y, P2), y, P1), y, P0);
    return x * (0.25f - y) * p;
  }
}
