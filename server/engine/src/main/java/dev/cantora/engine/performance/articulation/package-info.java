/**
 * Phonemes in time to spectral targets in time: which unit of the voice sounds when, how formants move between
 * neighbours, closures, bursts, frication, nasal murmur. Knows nothing of pitch, loudness or samples.
 */
package dev.cantora.engine.performance.articulation;
