package dev.cantora.engine;

/**
 * How a score is rendered; together with score, voice and engine version it fixes every byte.
 *
 * @param blockSize samples per progress and cancellation step, also the unit to which the length is rounded up
 * @param rngSeed seed of noise and humanising
 * @param defaultTimbre or null for the voice's first
 * @param maxPolyphony 1..256 sounding notes at once
 * @param channels 1 or 2
 * @param sampleRateHz 44100 or 48000, or 0 for the voice's own
 * @param tailSec silence and release after the last note, 0.3 over HTTP
 * @param unison how many sing each line
 */
public record RenderConfig(
    int blockSize, int rngSeed, String defaultTimbre, int maxPolyphony, int channels, int sampleRateHz, double tailSec,
    Unison unison) {

  /** A soloist for each line. */
  public RenderConfig(int blockSize, int rngSeed, String defaultTimbre, int maxPolyphony, int channels, int sampleRateHz,
      double tailSec) {
    this(blockSize, rngSeed, defaultTimbre, maxPolyphony, channels, sampleRateHz, tailSec, Unison.SOLO);
  }

  public static final RenderConfig DEFAULT = new RenderConfig(1024, 123456789, null, 4, 1, 0, 0.3);
}
