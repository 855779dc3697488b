package dev.cantora.engine.numeric;

/**
 * A counter-based random source: the value at an index is a hash of it, so any stretch of a sequence can be had without
 * what precedes it. The finaliser is that of Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014 (Stafford's variant 13).
 */
public final class SplitMix64 {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** 64 well-mixed bits for an index of the sequence of a seed. */
  public static long at(long seed, long index) {
    long z = seed + (index + 1) * GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in 0 (included) .. 1 (excluded). */
  public static double unitAt(long seed, long index) {
    return (at(seed, index) >>> 11) * 0x1p-53;
  }
}
