package dev.cantora.daemon.live;

/**
 * What is known of an event's time.
 *
 * @param arrivedNs when its message came in
 * @param clientTimeMs the client's monotonic clock, or null
 * @param atSample sample of the stream, or null; goes before the client's time
 */
record EventTime(long arrivedNs, Double clientTimeMs, Long atSample) {}
