/** What operators see: log lines in JSON with Pino's fields, and metrics. Anybody may use it; it uses nobody. */
package dev.cantora.daemon.telemetry;
