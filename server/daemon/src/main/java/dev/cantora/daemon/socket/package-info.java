/**
 * WebSocket connections (RFC 6455) on top of Helidon's connections, for every endpoint that speaks it.
 *
 * <p>Helidon's own {@code WsListener} hands over text after decoding, so that invalid UTF-8 can no longer be seen, lets
 * stray continuations and long control frames pass, answers no ping, sends from one thread only and need not report a
 * lost peer. This package takes the connection right after the HTTP upgrade instead: {@link
 * dev.cantora.daemon.socket.FrameParser} checks every byte, {@link dev.cantora.daemon.socket.Outbox} sends from one
 * virtual thread per connection, never blocking those who queue, and {@link dev.cantora.daemon.socket.Heartbeat} finds
 * peers that fell silent. Whatever ends a connection, its listener hears of it exactly once.
 *
 * <p>Nothing here knows the messages; those live in {@code live} and {@code jam}.
 */
package dev.cantora.daemon.socket;
