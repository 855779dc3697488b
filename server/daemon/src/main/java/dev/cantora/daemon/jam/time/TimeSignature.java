package dev.cantora.daemon.jam.time;

/**
 * Metre of a jam. Protocol 1 counts {@code num} quarter beats a measure and carries {@code den} along.
 *
 * @param num 1..32
 * @param den 1, 2, 4, 8, 16 or 32
 */
public record TimeSignature(int num, int den) {

  public static final TimeSignature COMMON = new TimeSignature(4, 4);

  public TimeSignature {
    if (num < 1 || num > 32 || den < 1 || den > 32 || Integer.bitCount(den) != 1) {
      throw new IllegalArgumentException("no such time signature: " + num + "/" + den);
    }
  }
}
