package dev.cantora.engine.synthesis.vectorization;

/** Chooses the kernel. */
public final class Kernels {

  private Kernels() {}

  /** The fastest kernel this JVM can run: the Vector API when its module was added, otherwise plain Java. */
  public static SampleKernel best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return scalar();
    }
    return new VectorKernel();
  }

  /** The gains that go with {@link #best()}. */
  public static GainKernel bestGains() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty() ? scalarGains() : new VectorGainKernel();
  }

  /** Gains in plain Java. */
  public static GainKernel scalarGains() {
    return new ScalarGainKernel();
  }

  /** The kernel in plain Java. */
  public static SampleKernel scalar() {
    return new ScalarKernel();
  }
}
