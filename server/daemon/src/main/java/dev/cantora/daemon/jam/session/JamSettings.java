package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.time.TimeSignature;

/**
 * What a session is created with.
 *
 * @param name of the room, never null
 * @param blockSize samples per frame
 * @param seed of all its singers
 */
public record JamSettings(
    String sessionId, String name, boolean listed, double bpm, TimeSignature metre, int blockSize, int seed) {

  /** Of every jam, whatever its voices were made at. */
  public static final int SAMPLE_RATE_HZ = 48000;
}
