/**
 * What the daemon survives: hostile input in millions, hours of mixed load, kills, and more requests than it can take. Each
 * prints promises beside figures and exits with 1 when one was broken.
 */
package dev.cantora.bench.hostile;
