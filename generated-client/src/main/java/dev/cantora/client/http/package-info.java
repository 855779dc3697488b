/**
 * The way to a daemon's REST API: requests, retries and errors over the JDK's HTTP client. The calls themselves are
 * generated into {@code dev.cantora.client.api}.
 */
package dev.cantora.client.http;
