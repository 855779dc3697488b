package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.SpectralFrame;

/**
 * The mouth of one singer. Not thread-safe; allocation-free; times passed in do not run backwards.
 *
 * <p>What it answers depends on the time (and for a live mouth on what it was told before), never on which times were
 * asked earlier: several mouths of one line, each asked at other times, together sing the same line. That is what lets a
 * render be made in chunks on several cores.
 */
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

  /**
   * The next time after this one at which the target bends sharply: onset and end of a burst, a closure, the release of a
   * plosive. The synthesis asks for the target at most every 256 samples and ramps between; it asks at every edge too, so a
   * rise over 1 ms is two edges 1 ms apart.
   *
   * @return seconds, above {@code timeSec}; positive infinity when nothing sharp is ahead
   */
  default double nextEdgeSec(double timeSec) {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * How long the target stays as it is at this time while the weights stay the same. Saves the synthesis from asking, and
   * matters for speed: the middle of a held vowel need not be blended again every 5 ms.
   *
   * @return seconds, at least {@code timeSec}; {@code timeSec} itself when the target moves or nothing is known
   */
  default double steadyUntilSec(double timeSec) {
    return timeSec;
  }
}
