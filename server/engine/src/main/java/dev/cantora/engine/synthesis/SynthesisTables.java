package dev.cantora.engine.synthesis;

import dev.cantora.engine.synthesis.vectorization.GainKernel;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.SpectralGrid;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The kernel and the noise of every sample rate in use, shared by all singers. Thread-safe. */
public final class SynthesisTables {

  private final Supplier<SampleKernel> kernels;
  private final GainKernel gains;
  private final ConcurrentHashMap<Integer, NoiseBank> banks = new ConcurrentHashMap<>();

  /** @param kernels one for each synthesiser @param gains one for all */
  public SynthesisTables(Supplier<SampleKernel> kernels, GainKernel gains) {
    this.kernels = kernels;
    this.gains = gains;
  }

  /** What sings, for logs. */
  public String description() {
    return kernels.get().description();
  }

  /** A synthesiser for one thread. @param timbres of the voice */
  public SingerSynth singer(SpectralGrid grid, int timbres, int sampleRateHz) {
    return new SingerSynth(kernels.get(), gains, banks.computeIfAbsent(sampleRateHz, NoiseBank::new), grid, timbres,
        sampleRateHz);
  }
}
