/**
 * Load on {@code /ws/jam}: full bands in this process against a daemon in another one. The daemon counts blocks that were
 * late, the players count frames that are missing and time their arrival.
 */
package dev.cantora.bench.jam;
