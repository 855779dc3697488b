/** The languages: spelling and number rules of each, all ending in syllables of the one ARPAbet inventory. */
package dev.cantora.engine.lyrics.language;
