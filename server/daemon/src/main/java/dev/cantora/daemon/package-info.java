/** The composition root: builds the parts by plain constructors, wires them and runs the server. Nobody depends on it. */
package dev.cantora.daemon;
