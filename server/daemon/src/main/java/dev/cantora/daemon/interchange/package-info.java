/** Scores from and to other programs' files, over HTTP; the formats are the engine's. */
package dev.cantora.daemon.interchange;
