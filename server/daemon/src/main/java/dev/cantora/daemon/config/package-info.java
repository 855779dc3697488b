/**
 * What operators set: every environment variable, read once at start into immutable records. Nothing else in the daemon
 * reads the environment. A value that cannot be used stops the start; there are no silent fallbacks.
 */
package dev.cantora.daemon.config;
