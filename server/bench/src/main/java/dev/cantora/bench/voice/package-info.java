/** How good voices are: {@code bench voice}. */
package dev.cantora.bench.voice;
