package dev.cantora.engine.synthesis.vectorization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API in the machine's preferred width. One vector of successive samples at a time: eight
 * chains of the recurrence, two values each, and eight sums fit the 32 registers of AVX-512, and eight independent
 * chains hide the latency of its two FMA units.
 */
final class VectorKernel implements SampleKernel {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int LANES = FLOATS.length();
  private static final int[] INDEX = new int[SEGMENT];
  private static final int[] TRIANGLE = new int[SEGMENT];
  private static final float[] FLOAT_INDEX = new float[SEGMENT];

  static {
    for (int i = 0; i < SEGMENT; i++) {
      INDEX[i] = i;
      TRIANGLE[i] = i * (i - 1) / 2;
      FLOAT_INDEX[i] = i;
    }
  }

  @Override
  public void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials,
      int samples, float[] out, float[] fundamental) {
    for (int at = 0; at < samples; at += LANES) {
      IntVector x1 = IntVector.fromArray(INTS, INDEX, at).mul(increment)
          .add(IntVector.fromArray(INTS, TRIANGLE, at).mul(glide)).add(phase);
      IntVector x2 = x1.add(x1);
      IntVector x4 = x2.add(x2);
      IntVector x8 = x4.add(x4);
      FloatVector n1 = sine(x1);
      FloatVector n2 = sine(x2);
      FloatVector n3 = sine(x2.add(x1));
      FloatVector n4 = sine(x4);
      FloatVector n5 = sine(x4.add(x1));
      FloatVector n6 = sine(x4.add(x2));
      FloatVector n7 = sine(x8.sub(x1));
      FloatVector n8 = sine(x8);
      FloatVector plus = twoCosine(x8);
      FloatVector minus = plus.neg();
      n1.intoArray(fundamental, at);
      FloatVector p1 = n7;
      FloatVector p2 = n6;
      FloatVector p3 = n5;
      FloatVector p4 = n4;
      FloatVector p5 = n3;
      FloatVector p6 = n2;
      FloatVector p7 = n1;
      FloatVector p8 = FloatVector.zero(FLOATS);
      FloatVector a0 = p8;
      FloatVector a1 = p8;
      FloatVector a2 = p8;
      FloatVector a3 = p8;
      FloatVector b0 = p8;
      FloatVector b1 = p8;
      FloatVector b2 = p8;
      FloatVector b3 = p8;
      for (int k = 0; k < partials; k += 2 * ROW) {
        a0 = n1.fma(of(gain[k]), a0);
        b0 = n1.fma(of(step[k]), b0);
        p1 = n1.fma(plus, p1);
        a1 = n2.fma(of(gain[k + 1]), a1);
        b1 = n2.fma(of(step[k + 1]), b1);
        p2 = n2.fma(plus, p2);
        a2 = n3.fma(of(gain[k + 2]), a2);
        b2 = n3.fma(of(step[k + 2]), b2);
        p3 = n3.fma(plus, p3);
        a3 = n4.fma(of(gain[k + 3]), a3);
        b3 = n4.fma(of(step[k + 3]), b3);
        p4 = n4.fma(plus, p4);
        a0 = n5.fma(of(gain[k + 4]), a0);
        b0 = n5.fma(of(step[k + 4]), b0);
        p5 = n5.fma(plus, p5);
        a1 = n6.fma(of(gain[k + 5]), a1);
        b1 = n6.fma(of(step[k + 5]), b1);
        p6 = n6.fma(plus, p6);
        a2 = n7.fma(of(gain[k + 6]), a2);
        b2 = n7.fma(of(step[k + 6]), b2);
        p7 = n7.fma(plus, p7);
        a3 = n8.fma(of(gain[k + 7]), a3);
        b3 = n8.fma(of(step[k + 7]), b3);
        p8 = n8.fma(plus, p8);
        if (k + ROW == partials) {
          break;
        }
        a0 = p1.fma(of(gain[k + 8]), a0);
        b0 = p1.fma(of(step[k + 8]), b0);
        n1 = p1.fma(minus, n1);
        a1 = p2.fma(of(gain[k + 9]), a1);
        b1 = p2.fma(of(step[k + 9]), b1);
        n2 = p2.fma(minus, n2);
        a2 = p3.fma(of(gain[k + 10]), a2);
        b2 = p3.fma(of(step[k + 10]), b2);
        n3 = p3.fma(minus, n3);
        a3 = p4.fma(of(gain[k + 11]), a3);
        b3 = p4.fma(of(step[k + 11]), b3);
        n4 = p4.fma(minus, n4);
        a0 = p5.fma(of(gain[k + 12]), a0);
        b0 = p5.fma(of(step[k + 12]), b0);
        n5 = p5.fma(minus, n5);
        a1 = p6.fma(of(gain[k + 13]), a1);
        b1 = p6.fma(of(step[k + 13]), b1);
        n6 = p6.fma(minus, n6);
        a2 = p7.fma(of(gain[k + 14]), a2);
        b2 = p7.fma(of(step[k + 14]), b2);
        n7 = p7.fma(minus, n7);
        a3 = p8.fma(of(gain[k + 15]), a3);
        b3 = p8.fma(of(step[k + 15]), b3);
        n8 = p8.fma(minus, n8);
      }
      FloatVector sum = a0.add(a1).add(a2.add(a3));
      FloatVector slope = b0.add(b1).add(b2.add(b3));
      FloatVector time = FloatVector.fromArray(FLOATS, FLOAT_INDEX, at).add(offset);
      time.fma(slope, sum).intoArray(out, at);
    }
  }

  private static FloatVector of(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  /** As {@link SinePolynomial#sine}, in the same order. */
  private static FloatVector sine(IntVector phase) {
    FloatVector x = ((FloatVector) phase.convert(VectorOperators.I2F, 0)).mul(SinePolynomial.TURN);
    FloatVector y = x.mul(x);
    FloatVector p = y.fma(of(SinePolynomial.P4), of(SinePolynomial.P3)).fma(y, of(SinePolynomial.P2))
        .fma(y, of(SinePolynomial.P1)).fma(y, of(SinePolynomial.P0));
    return x.mul(of(0.25f).sub(y)).mul(p);
  }

  /** As {@link SinePolynomial#twoCosine}, in the same order. */
  private static FloatVector twoCosine(IntVector phase) {
    IntVector folded = phase.add(phase);
    FloatVector x = ((FloatVector) folded.convert(VectorOperators.I2F, 0)).mul(SinePolynomial.HALF_TURN);
    FloatVector y = x.mul(x);
    FloatVector q = y.fma(of(SinePolynomial.Q4), of(SinePolynomial.Q3)).fma(y, of(SinePolynomial.Q2))
        .fma(y, of(SinePolynomial.Q1)).fma(y, of(SinePolynomial.Q0));
    IntVector sign = phase.lanewise(VectorOperators.XOR, folded).and(SinePolynomial.SIGN);
    return y.fma(q, of(2f)).reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  @Override
  public void noise(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain,
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
        FloatVector g = of(gain[band]);
        FloatVector d = of(step[band]);
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
      ramp(at, offset, a0, b0, out);
      ramp(at + LANES, offset, a1, b1, out);
      ramp(at + 2 * LANES, offset, a2, b2, out);
      ramp(at + 3 * LANES, offset, a3, b3, out);
    }
  }

  private static void ramp(int at, float offset, FloatVector sum, FloatVector slope, float[] out) {
    FloatVector.fromArray(FLOATS, FLOAT_INDEX, at).add(offset).fma(slope, sum).intoArray(out, at);
  }

  @Override
  public String description() {
    return "vector-" + FLOATS.vectorBitSize();
  }
}
