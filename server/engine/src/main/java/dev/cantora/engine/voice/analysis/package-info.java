/**
 * Recordings to voices: reading and judging recordings, pitch, harmonics, the noise between them, formants, and the cutting
 * of labelled speech into units. Runs when a voice is built, never while one sings.
 */
package dev.cantora.engine.voice.analysis;
