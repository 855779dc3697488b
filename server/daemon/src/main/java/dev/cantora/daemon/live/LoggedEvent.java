package dev.cantora.daemon.live;

/**
 * An event as a chain met it.
 *
 * @param appliedAtSample the chain's position then; a replay applies it at the same position
 * @param epochMs wall clock, for people
 */
record LoggedEvent(long appliedAtSample, long epochMs, ChainEvent event) {}
