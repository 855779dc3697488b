/** What is written: words, melisma marks, phoneme hints and pauses; and the warnings that reading them gives. */
package dev.cantora.engine.lyrics.text;
