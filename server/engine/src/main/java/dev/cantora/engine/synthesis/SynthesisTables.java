package dev.cantora.engine.synthesis;

import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.SpectralGrid;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The kernel and the noise of every sample rate in use, shared by all singers. Thread-safe. */
public final class SynthesisTables {

  private final Supplier<SampleKernel> kernels;
  private final ConcurrentHashMap<Integer, NoiseBank> banks = new ConcurrentHashMap<>();

  public SynthesisTables(Supplier<SampleKernel> kernels) {
    this.kernels = kernels;
  }

  /** What sings, for logs. */
  public String description() {
    return kernels.get().description();
  }

  /** A synthesiser for one thread. @param timbres of the voice */
  public SingerSynth singer(SpectralGrid grid, int timbres, int sampleRateHz) {
    return new SingerSynth(kernels.get(), banks.computeIfAbsent(sampleRateHz, NoiseBank::new), grid, timbres, sampleRateHz);
  }
}
