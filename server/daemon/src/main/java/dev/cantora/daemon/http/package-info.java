/**
 * From the socket to a handler and back: one {@link dev.cantora.daemon.http.Gate} runs every check of the contract in its
 * order, then calls the handler that a capability registered for the operation. Handlers see an
 * {@link dev.cantora.daemon.http.Exchange} and throw {@link dev.cantora.daemon.errors.ApiException}; nothing else.
 */
package dev.cantora.daemon.http;
