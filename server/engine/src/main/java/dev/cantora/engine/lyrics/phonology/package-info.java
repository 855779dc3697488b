/** Sounds and syllables: the ARPAbet inventory with its durations and strengths, and how a word falls into syllables. */
package dev.cantora.engine.lyrics.phonology;
