/**
 * What can go wrong: one exception per code of the error catalogue, generated from errors.yaml, below
 * {@link dev.cantora.client.errors.ApiException}; and {@link dev.cantora.client.errors.ConnectionException} when no
 * answer came. All are unchecked.
 */
package dev.cantora.client.errors;
