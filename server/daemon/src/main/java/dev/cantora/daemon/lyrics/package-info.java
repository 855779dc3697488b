/** Words to phonemes over HTTP; the work is the engine's. */
package dev.cantora.daemon.lyrics;
