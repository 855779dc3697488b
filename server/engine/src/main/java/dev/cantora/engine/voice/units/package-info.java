/**
 * Voices of preset format 0.3.0: an inventory of units, each the way from the middle of one phoneme to the middle of the
 * next, as frames of envelope, noise and formants; and the byte format that holds it.
 */
package dev.cantora.engine.voice.units;
