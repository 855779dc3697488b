package dev.cantora.engine.synthesis.vectorization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernel's noise: four vectors of successive samples at a time, summed over the bands in registers. */
final class VectorNoise {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private VectorNoise() {}

  /** As {@link SampleKernel#noise}. */
  static void sum(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain, float[] step,
      int samples, float[] out) {
    if (isStill(step, firstBand, lastBand)) {
      still(loops, positions, firstBand, lastBand, gain, samples, out);
    } else {
      moving(loops, positions, firstBand, lastBand, offset, gain, step, samples, out);
    }
  }

  private static boolean isStill(float[] step, int firstBand, int lastBand) {
    for (int band = firstBand; band < lastBand; band++) {
      if (step[band] != 0f) {
        return false;
      }
    }
    return true;
  }

  /** Breath on a held vowel: the same bits as {@link #moving} with slopes of zero. */
  private static void still(float[][] loops, int[] positions, int firstBand, int lastBand, float[] gain, int samples,
      float[] out) {
    for (int at = 0; at < samples; at += 4 * LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int band = firstBand; band < lastBand; band++) {
        float[] loop = loops[band];
        int position = positions[band] + at;
        FloatVector g = FloatVector.broadcast(FLOATS, gain[band]);
        a0 = FloatVector.fromArray(FLOATS, loop, position).fma(g, a0);
        a1 = FloatVector.fromArray(FLOATS, loop, position + LANES).fma(g, a1);
        a2 = FloatVector.fromArray(FLOATS, loop, position + 2 * LANES).fma(g, a2);
        a3 = FloatVector.fromArray(FLOATS, loop, position + 3 * LANES).fma(g, a3);
      }
      a0.intoArray(out, at);
      a1.intoArray(out, at + LANES);
      a2.intoArray(out, at + 2 * LANES);
      a3.intoArray(out, at + 3 * LANES);
    }
  }

  private static void moving(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain,
      float[] step, int samples, float[] out) {
    for (int at = 0; at < samples; at += 4 * LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector b2 = a0;
      FloatVector b3 = a0;
      for (int band = firstBand; band < lastBand; band++) {
        float[] loop = loops[band];
        int position = positions[band] + at;
        FloatVector g = FloatVector.broadcast(FLOATS, gain[band]);
        FloatVector d = FloatVector.broadcast(FLOATS, step[band]);
        FloatVector v0 = FloatVector.fromArray(FLOATS, loop, position);
        FloatVector v1 = FloatVector.fromArray(FLOATS, loop, position + LANES);
        FloatVector v2 = FloatVector.fromArray(FLOATS, loop, position + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(FLOATS, loop, position + 3 * LANES);
        a0 = v0.fma(g, a0);
        b0 = v0.fma(d, b0);
        a1 = v1.fma(g, a1);
        b1 = v1.fma(d, b1);
        a2 = v2.fma(g, a2);
        b2 = v2.fma(d, b2);
        a3 = v3.fma(g, a3);
        b3 = v3.fma(d, b3);
      }
      VectorKernel.ramp(at, offset, a0, b0, out);
      VectorKernel.ramp(at + LANES, offset, a1, b1, out);
      VectorKernel.ramp(at + 2 * LANES, offset, a2, b2, out);
      VectorKernel.ramp(at + 3 * LANES, offset, a3, b3, out);
    }
  }
}
