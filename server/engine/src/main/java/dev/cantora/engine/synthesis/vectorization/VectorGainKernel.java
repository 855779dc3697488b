package dev.cantora.engine.synthesis.vectorization;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Gains on the Vector API, a vector of partials or bands at a time. */
final class VectorGainKernel implements GainKernel {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  /** Padding holds for vectors up to 512 bits; wider ones would take part of the arrays. */
  private static final int LANES = FLOATS.length();
  private static final float[] NUMBERS = new float[MOST_PARTIALS];

  static {
    for (int k = 0; k < NUMBERS.length; k++) {
      NUMBERS[k] = k + 1;
    }
  }

  @Override
  public int sample(float[] envelope, float stride, float silent, float nothing, int[] scratch, float[] out, int most) {
    int count = 0;
    int last = envelope.length - 2;
    for (int k = 0; k < most; k += LANES) {
      FloatVector number = FloatVector.fromArray(FLOATS, NUMBERS, k);
      FloatVector position = number.mul(stride);
      IntVector low = ((IntVector) position.convert(VectorOperators.F2I, 0)).min(last);
      FloatVector part = position.sub((FloatVector) low.convert(VectorOperators.I2F, 0));
      part = part.blend(1f, part.compare(VectorOperators.GT, 1f));
      low.intoArray(scratch, k);
      FloatVector from = FloatVector.fromArray(FLOATS, envelope, 0, scratch, k);
      FloatVector log = part.fma(FloatVector.fromArray(FLOATS, envelope, 1, scratch, k).sub(from), from);
      VectorMask<Float> sounds = log.compare(VectorOperators.GT, silent).and(number.compare(VectorOperators.LE, most));
      log.blend(nothing, sounds.not()).intoArray(out, k);
      count = sounds.anyTrue() ? k + sounds.lastTrue() + 1 : count;
    }
    return count;
  }

  @Override
  public void harmonics(float[] gain, int count, float[] octaves, float base, float tilt, float[] factor, float scale) {
    for (int k = 0; k < count; k += LANES) {
      FloatVector octave = held(FloatVector.fromArray(FLOATS, octaves, k).add(base), 0f, TILT_OCTAVES);
      FloatVector log = of(tilt).fma(octave, FloatVector.fromArray(FLOATS, gain, k));
      exp2(log).mul(FloatVector.fromArray(FLOATS, factor, k).mul(scale)).intoArray(gain, k);
    }
  }

  @Override
  public void bands(float[] log, float gain, float floor, int count, float[] out) {
    int band = 0;
    for (; band + LANES <= count; band += LANES) {
      FloatVector value = exp2(FloatVector.fromArray(FLOATS, log, band).add(gain));
      value.blend(0f, value.lt(floor)).intoArray(out, band);
    }
    for (; band < count; band++) {
      float value = Exp2.of(log[band] + gain);
      out[band] = value < floor ? 0f : value;
    }
  }

  private static FloatVector of(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  /** By comparing: the minimum of the Vector API minds NaN and signs of zero, which takes several instructions. */
  private static FloatVector held(FloatVector x, float least, float most) {
    return x.blend(of(most), x.compare(VectorOperators.GT, most)).blend(of(least), x.compare(VectorOperators.LT, least));
  }

  /** As {@link Exp2#of}, in the same order. */
  private static FloatVector exp2(FloatVector x) {
    FloatVector held = held(x, -Exp2.MOST, Exp2.MOST);
    FloatVector shifted = held.sub(0.5f).add(Exp2.WHOLE);
    FloatVector part = held.sub(shifted.sub(Exp2.WHOLE));
    FloatVector p = part.fma(of(Exp2.C5), of(Exp2.C4)).fma(part, of(Exp2.C3)).fma(part, of(Exp2.C2))
        .fma(part, of(Exp2.C1)).fma(part, of(Exp2.C0));
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Exp2.MANTISSA_BITS).add(Exp2.ONE);
    return p.mul(power.reinterpretAsFloats());
  }
}
