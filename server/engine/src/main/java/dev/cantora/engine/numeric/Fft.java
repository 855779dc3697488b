package dev.cantora.engine.numeric;

/** A plain in-place radix-2 transform for tables made at start-up; twiddles come from {@link Elementary}. */
public final class Fft {

  private final int size;
  private final double[] cosine;
  private final double[] sine;

  /** @param size a power of two, at least 2 */
  public Fft(int size) {
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two: " + size);
    }
    this.size = size;
    cosine = new double[size / 2];
    sine = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cosine[i] = Elementary.sinTurns((double) i / size + 0.25);
      sine[i] = Elementary.sinTurns((double) i / size);
    }
  }

  /** The inverse transform without the factor 1/size: {@code x[n] = sum of X[k] exp(2 pi i k n / size)}. */
  public void inverse(double[] re, double[] im) {
    for (int i = 1, j = 0; i < size; i++) {
      int bit = size >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
        swap = im[i];
        im[i] = im[j];
        im[j] = swap;
      }
    }
    for (int half = 1; half < size; half <<= 1) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int i = start, t = 0; i < start + half; i++, t += stride) {
          int k = i + half;
          double r = re[k] * cosine[t] - im[k] * sine[t];
          double m = re[k] * sine[t] + im[k] * cosine[t];
          re[k] = re[i] - r;
          im[k] = im[i] - m;
          re[i] += r;
          im[i] += m;
        }
      }
    }
  }
}
