package dev.cantora.bench.kernel;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The machine's limit: fused multiply-adds on registers alone, twelve independent chains of them. The kernel needs three
 * of them for a partial of a sample: one for the recurrence, one each for the gain and for its ramp.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FmaPeak {

  static final int ROUNDS = 1024;
  static final int CHAINS = 12;
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private float factor = 0.999f;

  @Benchmark
  public float fma() {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector a = f;
    FloatVector b = f.add(1f);
    FloatVector c = f.add(2f);
    FloatVector d = f.add(3f);
    FloatVector e = f.add(4f);
    FloatVector g = f.add(5f);
    FloatVector h = f.add(6f);
    FloatVector i = f.add(7f);
    FloatVector j = f.add(8f);
    FloatVector k = f.add(9f);
    FloatVector l = f.add(10f);
    FloatVector m = f.add(11f);
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(f, f);
      b = b.fma(f, f);
      c = c.fma(f, f);
      d = d.fma(f, f);
      e = e.fma(f, f);
      g = g.fma(f, f);
      h = h.fma(f, f);
      i = i.fma(f, f);
      j = j.fma(f, f);
      k = k.fma(f, f);
      l = l.fma(f, f);
      m = m.fma(f, f);
    }
    return a.add(b).add(c.add(d)).add(e.add(g).add(h.add(i))).add(j.add(k).add(l.add(m))).lane(0);
  }

  static int lanes() {
    return SPECIES.length();
  }
}
