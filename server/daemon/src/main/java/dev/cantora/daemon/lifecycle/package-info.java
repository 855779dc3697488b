/** From start to end: whether the daemon is ready, and the orderly way down. Knows no routes. */
package dev.cantora.daemon.lifecycle;
