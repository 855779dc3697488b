/** What to sing: immutable records, validated by their constructors. Times in seconds, pitch in MIDI note numbers. */
package dev.cantora.engine.score;
