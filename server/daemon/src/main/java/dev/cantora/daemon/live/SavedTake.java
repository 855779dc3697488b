package dev.cantora.daemon.live;

/**
 * A recording in the bank.
 *
 * @param wavHash SHA-256 over the file, 64 hex digits
 * @param eventLogHash SHA-256 over the replay's event log, 64 hex digits
 * @param eventCount events within the recording
 */
public record SavedTake(
    String renderId, String name, double durationSec, String wavHash, String eventLogHash, int eventCount) {}
