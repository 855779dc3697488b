/** Sample formats (WAV and others), mixing, and measurement of finished audio. */
package dev.cantora.engine.audio;
