/** Hashes that several parts of the daemon write or compare. Depends on nothing. */
package dev.cantora.daemon.hash;
