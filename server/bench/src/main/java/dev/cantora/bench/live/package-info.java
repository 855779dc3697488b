/**
 * Load on {@code /ws}: hundreds of players in this process against a daemon in another one. Every sequence number is
 * counted, every sample of every frame compared with what the engine makes of the same notes, every arrival timed.
 */
package dev.cantora.bench.live;
