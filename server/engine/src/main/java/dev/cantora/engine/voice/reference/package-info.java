/**
 * Voices of preset formats 0.1.0 and 0.2.0: a few frozen vowel spectra. Vowels are blends of the timbres AH, EE and OO,
 * consonants are filtered noise over the last vowel (contract section 10). They sing exactly in tune and hardly any word
 * of theirs can be told from another; own voices are in {@code voice.units}.
 */
package dev.cantora.engine.voice.reference;
