/** Syllables on notes: which note sings which syllable, and when each of its sounds begins and ends. */
package dev.cantora.engine.lyrics.timing;
