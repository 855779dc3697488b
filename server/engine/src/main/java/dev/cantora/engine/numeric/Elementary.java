package dev.cantora.engine.numeric;

/** Polynomials for powers, logarithms and sines; every result depends on the argument's bits alone. */
public final class Elementary {

  private static final double LN2 = 0.6931471805599453;
  /** Taylor coefficients ln2^n / n!; on -0.5..0.5 the first one left out is below 2e-16. */
  private static final double[] EXP2 = taylorOfExp2(13);
  private static final double[] SINE = taylorOfSine(9);

  private static final double[] ATANH = taylorOfAtanh(9);

  private Elementary() {}

  /** 2^x, relative error below 4e-16; exponents beyond -1000..1000 are clamped. */
  public static double exp2(double x) {
    double clamped = Math.max(-1000, Math.min(1000, x));
    double whole = Math.rint(clamped);
    double part = clamped - whole;
    double sum = EXP2[EXP2.length - 1];
    for (int i = EXP2.length - 2; i >= 0; i--) {
      sum = Math.fma(sum, part, EXP2[i]);
    }
    return Double.longBitsToDouble(((long) whole + 1023) << 52) * sum;
  }

  /** log2 of a positive normal number, absolute error below 1e-13; anything else gives -1022. */
  public static double log2(double x) {
    if (!(x >= Double.MIN_NORMAL)) {
      return -1022;
    }
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) - 1023;
    double mantissa = Double.longBitsToDouble((bits & 0xfffffffffffffL) | 0x3ff0000000000000L);
    if (mantissa > 1.4142135623730951) {
      mantissa *= 0.5;
      exponent++;
    }
    // ln m = 2 atanh((m - 1) / (m + 1)), |argument| at most 0.1716
    double z = (mantissa - 1) / (mantissa + 1);
    double square = z * z;
    double sum = 0;
    for (int i = ATANH.length - 1; i >= 0; i--) {
      sum = Math.fma(sum, square, ATANH[i]);
    }
    return exponent + 2 * z * sum / LN2;
  }

  /** sin(2 pi x), absolute error below 1e-12. @param x in turns, magnitude below 2^50 */
  public static double sinTurns(double x) {
    double part = x - Math.rint(x);
    if (part > 0.25) {
      part = 0.5 - part;
    } else if (part < -0.25) {
      part = -0.5 - part;
    }
    double square = part * part;
    double sum = SINE[SINE.length - 1];
    for (int i = SINE.length - 2; i >= 0; i--) {
      sum = Math.fma(sum, square, SINE[i]);
    }
    return sum * part;
  }

  private static double[] taylorOfExp2(int terms) {
    double[] coefficients = new double[terms];
    double value = 1;
    for (int n = 0; n < terms; n++) {
      coefficients[n] = value;
      value = value * LN2 / (n + 1);
    }
    return coefficients;
  }

  /** Of the odd powers, the first at index 0. */
  private static double[] taylorOfAtanh(int terms) {
    double[] coefficients = new double[terms];
    for (int n = 0; n < terms; n++) {
      coefficients[n] = 1.0 / (2 * n + 1);
    }
    return coefficients;
  }

  private static double[] taylorOfSine(int terms) {
    double twoPi = 6.283185307179586;
    double[] coefficients = new double[terms];
    double value = twoPi;
    for (int n = 0; n < terms; n++) {
      coefficients[n] = value;
      value = -value * twoPi * twoPi / ((2 * n + 2) * (2 * n + 3));
    }
    return coefficients;
  }
}
