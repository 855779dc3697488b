package dev.cantora.bench.kernel;

import dev.cantora.engine.synthesis.vectorization.Kernels;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.NoiseBands;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Segments of one voice: ramped harmonics, and ramped noise read onwards through its loops as a singer reads it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KernelLoops {

  /** Segments per timed call, so that the clock does not count. */
  static final int SEGMENTS = 64;
  /** Length of the noise loops: as long as the engine's, so that the cost of memory counts. */
  private static final int LOOP = 24_000;

  @Param({"20", "40", "80"})
  int partials;

  private SampleKernel kernel;
  private final float[] gain = new float[128];
  private final float[] step = new float[128];
  private final float[] out = new float[SampleKernel.SEGMENT];
  private final float[] fundamental = new float[SampleKernel.SEGMENT];
  private final float[][] loops = new float[NoiseBands.COUNT][LOOP + SampleKernel.SEGMENT];
  private final int[] positions = new int[NoiseBands.COUNT];
  private int phase;

  @Setup
  public void prepare() {
    kernel = Boolean.getBoolean("cantora.bench.scalar") ? Kernels.scalar() : Kernels.best();
    for (int k = 0; k < gain.length; k++) {
      gain[k] = k < partials ? SampleKernel.rowSign(k + 1) / (k + 1) : 0f;
      step[k] = gain[k] * 1e-3f;
    }
    for (int band = 0; band < loops.length; band++) {
      positions[band] = 997 * band;
      for (int i = 0; i < loops[band].length; i++) {
        loops[band][i] = (i * 7919 + band * 104729) % 2001 * 1e-3f - 1f;
      }
    }
  }

  @Benchmark
  public float[] partials() {
    int padded = (partials + SampleKernel.PADDING - 1) / SampleKernel.PADDING * SampleKernel.PADDING;
    for (int segment = 0; segment < SEGMENTS; segment++) {
      phase += 19_685_266;
      kernel.partials(phase, 19_685_266, 3, 64f, gain, step, padded, SampleKernel.SEGMENT, out, fundamental);
    }
    return out;
  }

  @Benchmark
  public float[] noise() {
    for (int segment = 0; segment < SEGMENTS; segment++) {
      kernel.noise(loops, positions, 0, NoiseBands.COUNT, 64f, gain, step, SampleKernel.SEGMENT, out);
      for (int band = 0; band < positions.length; band++) {
        positions[band] = positions[band] + SampleKernel.SEGMENT < LOOP ? positions[band] + SampleKernel.SEGMENT : 0;
      }
    }
    return out;
  }
}
