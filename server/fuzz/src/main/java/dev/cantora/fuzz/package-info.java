/**
 * Hostile input: well-formed messages and calls made from the contract's own documents, and mutations of them. Knows the
 * contract, not the daemon; tests of the daemon and {@code ./cantora bench} send what comes from here. Everything is random
 * by a seed, so that what once broke something can be sent again.
 */
package dev.cantora.fuzz;
