/** From starting the process to the first answer, and the run from which the build makes the cache that shortens it. */
package dev.cantora.bench.startup;
