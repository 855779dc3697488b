/** How well words are understood: rhyme tests by a recogniser, {@code bench voice}. */
package dev.cantora.bench.voice;
