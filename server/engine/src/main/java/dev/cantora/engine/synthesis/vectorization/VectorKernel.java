package dev.cantora.engine.synthesis.vectorization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API in the machine's preferred width, one vector of successive samples at a time. The 32 registers
 * of AVX-512 hold eight chains of the recurrence, two values each, and eight sums, and eight independent chains hide the
 * latency of two FMA units. Narrower machines have 16 registers: there the partials are summed in two passes of four chains,
 * each pass with the sums it needs for itself, so the order of summation stays. What is computed first goes through scratch
 * arrays to loops of their own: in one method with all else, C2 puts vectors on the heap.
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

  /** Fewer registers than one pass over all chains needs. */
  private static final boolean NARROW = LANES < 16;

  /** Row j holds {@code sin(j phase)}, row 0 zeros. */
  private final float[] sines = new float[(ROW + 1) * SEGMENT];
  private final float[] factors = new float[SEGMENT];
  private final float[] sums = new float[4 * SEGMENT];
  private final float[] slopes = new float[4 * SEGMENT];

  @Override
  public void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials,
      int samples, float[] out, float[] fundamental) {
    start(phase, increment, glide, samples);
    if (NARROW) {
      half(gain, step, partials, samples, 0);
      half(gain, step, partials, samples, 2);
    } else {
      whole(gain, step, partials, samples);
    }
    finish(offset, samples, out);
    System.arraycopy(sines, SEGMENT, fundamental, 0, SEGMENT);
  }

  private void start(int phase, int increment, int glide, int samples) {
    for (int at = 0; at < samples; at += LANES) {
      firstRow(phase, increment, glide, at);
      factor(phase * ROW, increment * ROW, glide * ROW, at);
    }
  }

  private void firstRow(int phase, int increment, int glide, int at) {
    IntVector x1 = IntVector.fromArray(INTS, INDEX, at).mul(increment)
        .add(IntVector.fromArray(INTS, TRIANGLE, at).mul(glide)).add(phase);
    IntVector x = x1;
    for (int j = 1; j <= ROW; j++) {
      sine(x).intoArray(sines, j * SEGMENT + at);
      x = x.add(x1);
    }
  }

  private void factor(int phase, int increment, int glide, int at) {
    twoCosine(IntVector.fromArray(INTS, INDEX, at).mul(increment)
        .add(IntVector.fromArray(INTS, TRIANGLE, at).mul(glide)).add(phase)).intoArray(factors, at);
  }

  private FloatVector sine(int j, int at) {
    return FloatVector.fromArray(FLOATS, sines, j * SEGMENT + at);
  }

  /** Chains {@code from + 1}, {@code from + 2} and those four further on, which are all that go into sums {@code from} and the next. */
  private void half(float[] gain, float[] step, int partials, int samples, int from) {
    for (int at = 0; at < samples; at += LANES) {
      FloatVector n1 = sine(from + 1, at);
      FloatVector n2 = sine(from + 2, at);
      FloatVector n5 = sine(from + 5, at);
      FloatVector n6 = sine(from + 6, at);
      FloatVector p1 = sine(7 - from, at);
      FloatVector p2 = sine(6 - from, at);
      FloatVector p5 = sine(3 - from, at);
      FloatVector p6 = sine(2 - from, at);
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector factor = FloatVector.fromArray(FLOATS, factors, at);
      FloatVector other = factor.neg();
      for (int k = from; k < partials; k += ROW) {
        a0 = n1.fma(of(gain[k]), a0);
        b0 = n1.fma(of(step[k]), b0);
        FloatVector t1 = n1.fma(factor, p1);
        p1 = n1;
        n1 = t1;
        a1 = n2.fma(of(gain[k + 1]), a1);
        b1 = n2.fma(of(step[k + 1]), b1);
        FloatVector t2 = n2.fma(factor, p2);
        p2 = n2;
        n2 = t2;
        a0 = n5.fma(of(gain[k + 4]), a0);
        b0 = n5.fma(of(step[k + 4]), b0);
        FloatVector t5 = n5.fma(factor, p5);
        p5 = n5;
        n5 = t5;
        a1 = n6.fma(of(gain[k + 5]), a1);
        b1 = n6.fma(of(step[k + 5]), b1);
        FloatVector t6 = n6.fma(factor, p6);
        p6 = n6;
        n6 = t6;
        FloatVector swap = factor;
        factor = other;
        other = swap;
      }
      keep(from, at, a0, b0);
      keep(from + 1, at, a1, b1);
    }
  }

  private void whole(float[] gain, float[] step, int partials, int samples) {
    for (int at = 0; at < samples; at += LANES) {
      FloatVector n1 = sine(1, at);
      FloatVector n2 = sine(2, at);
      FloatVector n3 = sine(3, at);
      FloatVector n4 = sine(4, at);
      FloatVector n5 = sine(5, at);
      FloatVector n6 = sine(6, at);
      FloatVector n7 = sine(7, at);
      FloatVector n8 = sine(8, at);
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
      FloatVector factor = FloatVector.fromArray(FLOATS, factors, at);
      FloatVector other = factor.neg();
      for (int k = 0; k < partials; k += ROW) {
        a0 = n1.fma(of(gain[k]), a0);
        b0 = n1.fma(of(step[k]), b0);
        FloatVector t1 = n1.fma(factor, p1);
        p1 = n1;
        n1 = t1;
        a1 = n2.fma(of(gain[k + 1]), a1);
        b1 = n2.fma(of(step[k + 1]), b1);
        FloatVector t2 = n2.fma(factor, p2);
        p2 = n2;
        n2 = t2;
        a2 = n3.fma(of(gain[k + 2]), a2);
        b2 = n3.fma(of(step[k + 2]), b2);
        FloatVector t3 = n3.fma(factor, p3);
        p3 = n3;
        n3 = t3;
        a3 = n4.fma(of(gain[k + 3]), a3);
        b3 = n4.fma(of(step[k + 3]), b3);
        FloatVector t4 = n4.fma(factor, p4);
        p4 = n4;
        n4 = t4;
        a0 = n5.fma(of(gain[k + 4]), a0);
        b0 = n5.fma(of(step[k + 4]), b0);
        FloatVector t5 = n5.fma(factor, p5);
        p5 = n5;
        n5 = t5;
        a1 = n6.fma(of(gain[k + 5]), a1);
        b1 = n6.fma(of(step[k + 5]), b1);
        FloatVector t6 = n6.fma(factor, p6);
        p6 = n6;
        n6 = t6;
        a2 = n7.fma(of(gain[k + 6]), a2);
        b2 = n7.fma(of(step[k + 6]), b2);
        FloatVector t7 = n7.fma(factor, p7);
        p7 = n7;
        n7 = t7;
        a3 = n8.fma(of(gain[k + 7]), a3);
        b3 = n8.fma(of(step[k + 7]), b3);
        FloatVector t8 = n8.fma(factor, p8);
        p8 = n8;
        n8 = t8;
        FloatVector swap = factor;
        factor = other;
        other = swap;
      }
      // written out: a method of our own is no longer inlined after so much of it
      a0.intoArray(sums, at);
      b0.intoArray(slopes, at);
      a1.intoArray(sums, SEGMENT + at);
      b1.intoArray(slopes, SEGMENT + at);
      a2.intoArray(sums, 2 * SEGMENT + at);
      b2.intoArray(slopes, 2 * SEGMENT + at);
      a3.intoArray(sums, 3 * SEGMENT + at);
      b3.intoArray(slopes, 3 * SEGMENT + at);
    }
  }

  private void keep(int row, int at, FloatVector sum, FloatVector slope) {
    sum.intoArray(sums, row * SEGMENT + at);
    slope.intoArray(slopes, row * SEGMENT + at);
  }

  private void finish(float offset, int samples, float[] out) {
    for (int at = 0; at < samples; at += LANES) {
      ramp(at, offset, added(sums, at), added(slopes, at), out);
    }
  }

  private static FloatVector added(float[] rows, int at) {
    FloatVector low = FloatVector.fromArray(FLOATS, rows, at).add(FloatVector.fromArray(FLOATS, rows, SEGMENT + at));
    FloatVector high = FloatVector.fromArray(FLOATS, rows, 2 * SEGMENT + at)
        .add(FloatVector.fromArray(FLOATS, rows, 3 * SEGMENT + at));
    return low.add(high);
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
    VectorNoise.sum(loops, positions, firstBand, lastBand, offset, gain, step, samples, out);
  }

  @Override
  public void add(float[] segment, int samples, float[] into, int at) {
    int i = 0;
    for (; i + LANES <= samples; i += LANES) {
      FloatVector.fromArray(FLOATS, into, at + i).add(FloatVector.fromArray(FLOATS, segment, i)).intoArray(into, at + i);
    }
    for (; i < samples; i++) {
      into[at + i] += segment[i];
    }
  }

  @Override
  public void add(float[] segment, int samples, float gain, float step, float[] into, int at) {
    int i = 0;
    for (; i + LANES <= samples; i += LANES) {
      FloatVector.fromArray(FLOATS, segment, i)
          .fma(FloatVector.fromArray(FLOATS, FLOAT_INDEX, i).fma(of(step), of(gain)), FloatVector.fromArray(FLOATS, into, at + i))
          .intoArray(into, at + i);
    }
    for (; i < samples; i++) {
      into[at + i] = Math.fma(segment[i], Math.fma(i, step, gain), into[at + i]);
    }
  }

  @Override
  public void addBreath(float[] noise, float[] fundamental, float mean, float swing, int samples, float[] voiced) {
    for (int i = 0; i < samples; i += LANES) {
      FloatVector open = FloatVector.fromArray(FLOATS, fundamental, i).fma(of(-swing), of(mean));
      FloatVector.fromArray(FLOATS, noise, i).fma(open, FloatVector.fromArray(FLOATS, voiced, i)).intoArray(voiced, i);
    }
  }

  /** {@code sum + (offset + i) slope} for a vector of samples. */
  static void ramp(int at, float offset, FloatVector sum, FloatVector slope, float[] out) {
    FloatVector.fromArray(FLOATS, FLOAT_INDEX, at).add(offset).fma(slope, sum).intoArray(out, at);
  }

  @Override
  public String description() {
    return "vector-" + FLOATS.vectorBitSize();
  }
}
