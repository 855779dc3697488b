/** Input that nobody sends by mistake, and machines that fail. */
package dev.cantora.daemon.hostile;
