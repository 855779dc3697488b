/** Probes, health, metrics and the API description, for operators and orchestrators. */
package dev.cantora.daemon.operations;
