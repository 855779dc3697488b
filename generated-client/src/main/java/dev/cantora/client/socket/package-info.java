/** A WebSocket whose text messages are typed JSON and whose binary messages are audio frames. */
package dev.cantora.client.socket;
