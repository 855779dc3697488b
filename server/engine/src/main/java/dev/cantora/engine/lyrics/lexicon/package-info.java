/** Pronunciations of English words: the packed dictionary, the letter-to-sound models, and the tools that build both. */
package dev.cantora.engine.lyrics.lexicon;
