package dev.cantora.engine.synthesis;

/** 2^x over arrays in float, by a polynomial that the JIT can vectorise and that gives the same bits when it does not. */
final class Exp2 {

  /** Minimax for 2^x on 0..1 (Lawson's iteration, weighted for the relative error), relative error 8e-8. */
  private static final float C0 = 0.9999999403953552f;
  private static final float C1 = 0.6931530833244324f;
  private static final float C2 = 0.24015361070632935f;
  private static final float C3 = 0.05582631751894951f;
  private static final float C4 = 0.008989340625703335f;
  private static final float C5 = 0.0018775765784084797f;

  private Exp2() {}

  static float of(float x) {
    float held = Math.max(-120f, Math.min(120f, x));
    int whole = (int) (held + 128f) - 128;
    float part = held - whole;
    float p = Math.fma(Math.fma(Math.fma(Math.fma(Math.fma(C5, part, C4), part, C3), part, C2), part, C1), part, C0);
    return p * Float.intBitsToFloat((whole + 127) << 23);
  }

  /** Replaces the first {@code count} values by their powers of two. */
  static void all(float[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = of(x[i]);
    }
  }
}
