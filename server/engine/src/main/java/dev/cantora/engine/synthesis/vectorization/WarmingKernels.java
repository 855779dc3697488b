package dev.cantora.engine.synthesis.vectorization;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Kernels that are scalar until the JIT has compiled the vector code. Uncompiled, every vector operation makes objects, and a
 * segment takes milliseconds instead of a quarter of a microsecond, so the first render of a process took seconds; the scalar
 * twin is compiled at once and gives the same bits, so nobody can tell when the change takes place. From the first singer on, a
 * thread of its own calls the vector code until that is the faster of the two. In a JVM that never gets there (no C2) it stays scalar.
 */
public final class WarmingKernels implements Supplier<SampleKernel> {

  private static final int PARTIALS = 48;
  private static final int BANDS = 24;
  /** Calls of which the quickest counts: renders beside this thread take the core from most of them now and then. */
  private static final int ROUND_CALLS = 8;
  /** Rounds in a row that must be faster. */
  private static final int CONVINCED = 2;
  /** After so many rounds the JIT has had its chance: asked rarely from then on, and given up in the end. */
  private static final int EAGER_ROUNDS = 4_000;
  private static final int MOST_ROUNDS = 5_000;
  private static final long PAUSE_NS = 100_000_000;

  private final boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  private final AtomicBoolean begun = new AtomicBoolean();
  /** Written before {@link #warm}. */
  private GainKernel vectorGains;
  private volatile boolean warm;

  /** A kernel for one thread at a time. */
  @Override
  public SampleKernel get() {
    if (!hasVectors) {
      return Kernels.scalar();
    }
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("cantora-kernel-warm-up").priority(Thread.MIN_PRIORITY).start(this::warmUp);
    }
    return new Switching(Kernels.best(), Kernels.scalar());
  }

  /** Gains for all threads. */
  public GainKernel gains() {
    return hasVectors ? new SwitchingGains(Kernels.scalarGains()) : Kernels.scalarGains();
  }

  private void warmUp() {
    vectorGains = Kernels.bestGains();
    Probe vector = new Probe(Kernels.best(), vectorGains);
    Probe scalar = new Probe(Kernels.scalar(), Kernels.scalarGains());
    int faster = 0;
    for (int round = 0; round < MOST_ROUNDS && faster < CONVINCED; round++) {
      faster = vector.quickestNs() < scalar.quickestNs() ? faster + 1 : 0;
      if (round > EAGER_ROUNDS) {
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
    warm = faster == CONVINCED;
  }

  /** One segment of everything, timed. */
  private static final class Probe {
    private final SampleKernel kernel;
    private final GainKernel gains;
    private final float[] gain = new float[128];
    private final float[] step = new float[128];
    private final float[] still = new float[128];
    private final float[] ones = new float[128];
    private final float[] out = new float[SampleKernel.SEGMENT];
    private final float[] fundamental = new float[SampleKernel.SEGMENT];
    private final float[] breathed = new float[SampleKernel.SEGMENT];
    private final float[][] loops = new float[BANDS][2 * SampleKernel.SEGMENT];
    private final int[] positions = new int[BANDS];
    private final float[] envelope = new float[128];
    private final int[] scratch = new int[128];
    private int phase;

    Probe(SampleKernel kernel, GainKernel gains) {
      this.kernel = kernel;
      this.gains = gains;
      Arrays.fill(step, 1e-6f);
    }

    long quickestNs() {
      long quickest = Long.MAX_VALUE;
      for (int call = 0; call < ROUND_CALLS; call++) {
        quickest = Math.min(quickest, timeNs());
      }
      return quickest;
    }

    private long timeNs() {
      long start = System.nanoTime();
      phase += 19_685_266;
      gains.sample(envelope, 1.3f, 0f, -1f, scratch, gain, PARTIALS);
      gains.harmonics(gain, PARTIALS, ones, 0f, 0.1f, ones, 0.1f);
      gains.bands(still, 0f, 1e-6f, BANDS, ones);
      kernel.partials(phase, 19_685_266, 3, 5f, gain, step, PARTIALS, SampleKernel.SEGMENT, out, fundamental);
      kernel.noise(loops, positions, 0, BANDS, 5f, gain, step, SampleKernel.SEGMENT, out);
      kernel.noise(loops, positions, 0, BANDS, 5f, gain, still, SampleKernel.SEGMENT, out); // code of its own
      kernel.addBreath(out, fundamental, 1f, 0.5f, SampleKernel.SEGMENT, breathed);
      kernel.add(out, SampleKernel.SEGMENT, gain, 0);
      kernel.add(out, SampleKernel.SEGMENT, 0.5f, 0.001f, gain, 0);
      return System.nanoTime() - start;
    }
  }

  private final class Switching implements SampleKernel {
    private final SampleKernel vector;
    private final SampleKernel scalar;

    Switching(SampleKernel vector, SampleKernel scalar) {
      this.vector = vector;
      this.scalar = scalar;
    }

    @Override
    public void partials(int phase, int increment, int glide, float offset, float[] gain, float[] step, int partials,
        int samples, float[] out, float[] fundamental) {
      (warm ? vector : scalar).partials(phase, increment, glide, offset, gain, step, partials, samples, out, fundamental);
    }

    @Override
    public void noise(float[][] loops, int[] positions, int firstBand, int lastBand, float offset, float[] gain,
        float[] step, int samples, float[] out) {
      (warm ? vector : scalar).noise(loops, positions, firstBand, lastBand, offset, gain, step, samples, out);
    }

    @Override
    public void add(float[] segment, int samples, float[] into, int at) {
      (warm ? vector : scalar).add(segment, samples, into, at);
    }

    @Override
    public void add(float[] segment, int samples, float gain, float step, float[] into, int at) {
      (warm ? vector : scalar).add(segment, samples, gain, step, into, at);
    }

    @Override
    public void addBreath(float[] noise, float[] fundamental, float mean, float swing, int samples, float[] voiced) {
      (warm ? vector : scalar).addBreath(noise, fundamental, mean, swing, samples, voiced);
    }

    @Override
    public String description() {
      return vector.description();
    }
  }

  private final class SwitchingGains implements GainKernel {
    private final GainKernel scalar;

    SwitchingGains(GainKernel scalar) {
      this.scalar = scalar;
    }

    @Override
    public int sample(float[] envelope, float stride, float silent, float nothing, int[] scratch, float[] out, int most) {
      return (warm ? vectorGains : scalar).sample(envelope, stride, silent, nothing, scratch, out, most);
    }

    @Override
    public void harmonics(float[] gain, int count, float[] octaves, float base, float tilt, float[] factor, float scale) {
      (warm ? vectorGains : scalar).harmonics(gain, count, octaves, base, tilt, factor, scale);
    }

    @Override
    public void bands(float[] log, float gain, float floor, int count, float[] out) {
      (warm ? vectorGains : scalar).bands(log, gain, floor, count, out);
    }
  }
}
