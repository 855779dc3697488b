/** Who sings: the preset format (0.1.0, 0.2.0, 0.3.0), its loading and checking, and the analysis that makes one from recordings. */
package dev.cantora.engine.voice;
