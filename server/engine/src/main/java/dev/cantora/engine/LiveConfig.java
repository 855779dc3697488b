package dev.cantora.engine;

/**
 * What a pool of live singers is made with.
 *
 * @param sampleRateHz 44100 or 48000, or 0 for the voice's own
 * @param channels 1 or 2
 * @param maxPolyphony 1..256 notes at once
 * @param rngSeed seed of noise and humanising
 * @param defaultTimbre or null for the voice's first
 */
public record LiveConfig(int sampleRateHz, int channels, int maxPolyphony, int rngSeed, String defaultTimbre) {

  public static final LiveConfig DEFAULT = new LiveConfig(0, 1, 4, 123456789, null);
}
