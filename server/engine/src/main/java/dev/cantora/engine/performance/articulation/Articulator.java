package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.SpectralFrame;

/** The mouth of one singer. Not thread-safe; allocation-free; times passed in do not run backwards. */
public interface Articulator {

  /**
   * Writes the target at a time. Voiced sounds carry their level in the envelope (a closure is silent there),
   * relative to the open vowel.
   *
   * @param timeSec absolute
   * @param timbreWeights weight per timbre of the voice, normalised, replacing the vowel colour that phonemes and
   *     defaults give; null to let phonemes speak
   */
  void at(double timeSec, float[] timbreWeights, SpectralFrame out);
}
