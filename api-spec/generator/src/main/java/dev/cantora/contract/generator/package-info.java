/**
 * Turns the contract's documents into Java sources and resources while the build runs. Emits text only: nothing here is
 * on the class path of a running daemon or client.
 */
package dev.cantora.contract.generator;
