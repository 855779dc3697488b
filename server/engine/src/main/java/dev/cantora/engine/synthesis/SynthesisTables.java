package dev.cantora.engine.synthesis;

import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.SpectralGrid;
import java.util.concurrent.ConcurrentHashMap;

/** The kernel and the noise of every sample rate in use, shared by all singers. Thread-safe. */
public final class SynthesisTables {

  private final SampleKernel kernel;
  private final ConcurrentHashMap<Integer, NoiseBank> banks = new ConcurrentHashMap<>();

  public SynthesisTables(SampleKernel kernel) {
    this.kernel = kernel;
  }

  public SampleKernel kernel() {
    return kernel;
  }

  /** A synthesiser for one thread. @param timbres of the voice */
  public SingerSynth singer(SpectralGrid grid, int timbres, int sampleRateHz) {
    return new SingerSynth(kernel, banks.computeIfAbsent(sampleRateHz, NoiseBank::new), grid, timbres, sampleRateHz);
  }
}
