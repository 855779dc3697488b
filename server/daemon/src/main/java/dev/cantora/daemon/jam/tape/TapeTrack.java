package dev.cantora.daemon.jam.tape;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A track as it was when recording began, or when it was added later.
 *
 * @param trackId {@code track-N}
 * @param presetId voice
 * @param name shown to people
 * @param gain 0..2
 * @param pan -1..1
 * @param mute silent unless soloed
 * @param solo only soloed tracks are heard while any is
 * @param defaultTimbre or null for the voice's first
 * @param polyphonyLimit 1..64
 * @param seed of the track's singers
 * @param addedAt sample of the tape from which on it exists and its singers' clock runs; negative when it was there before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TapeTrack(
    String trackId,
    String presetId,
    String name,
    double gain,
    double pan,
    boolean mute,
    boolean solo,
    String defaultTimbre,
    int polyphonyLimit,
    int seed,
    long addedAt) {}
