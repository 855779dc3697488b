package dev.cantora.engine.synthesis;

import dev.cantora.engine.numeric.SplitMix64;

/**
 * Growl and vocal fry as modulation from glottal cycle to cycle. Growl weakens every other cycle (a subharmonic an octave
 * below, as ventricular folds give it) with some jitter; fry drops cycles altogether, two of three at full depth. Each
 * cycle has a weight hashed from its number, and weights join in smooth steps, so nothing clicks.
 */
final class Roughness {

  private static final float GROWL_DEPTH = 0.7f;
  private static final float GROWL_JITTER = 0.3f;
  private static final float FRY_FLOOR = 0.04f;

  /** @param phase of the first sample, whole turns above 2^32 @param increment 2^-32 turn per sample */
  void apply(float[] samples, int count, long phase, int increment, float growl, float fry, long seed) {
    long at = phase;
    long cycle = Long.MIN_VALUE;
    float now = 1f;
    float next = 1f;
    for (int i = 0; i < count; i++) {
      if (at >> 32 != cycle) {
        cycle = at >> 32;
        now = weight(cycle, growl, fry, seed);
        next = weight(cycle + 1, growl, fry, seed);
      }
      float part = (at & 0xffffffffL) * 0x1p-32f;
      float step = part * part * (3f - 2f * part);
      samples[i] *= Math.fma(step, next - now, now);
      at += Integer.toUnsignedLong(increment);
    }
  }

  private static float weight(long cycle, float growl, float fry, long seed) {
    float random = (float) SplitMix64.unitAt(seed, cycle);
    float growled = 1f - growl * ((cycle & 1) == 0 ? GROWL_JITTER * random : GROWL_DEPTH * (1f - GROWL_JITTER * random));
    boolean dropped = Math.floorMod(cycle, 3) != 0 || random < 0.15f;
    return growled * (dropped ? 1f - fry * (1f - FRY_FLOOR) : 1f);
  }
}
