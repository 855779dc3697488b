/**
 * Errors on the wire: the one exception that carries a code, the envelope it becomes, and the mapping of everything else
 * that can be thrown. Codes, statuses, messages and hints come from the catalogue ({@code api-spec/errors.yaml}).
 */
package dev.cantora.daemon.errors;
