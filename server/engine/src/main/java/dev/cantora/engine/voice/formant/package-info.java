/** Voices computed from published formant tables: vowels of the AH/EE/OO kind without a recording. */
package dev.cantora.engine.voice.formant;
