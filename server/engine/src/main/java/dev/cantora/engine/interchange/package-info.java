/** Scores in other formats: JSON as on the wire, Standard MIDI files, label files and captions. Bytes in, bytes out. */
package dev.cantora.engine.interchange;
