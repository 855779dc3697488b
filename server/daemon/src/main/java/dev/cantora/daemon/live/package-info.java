/**
 * Live sessions on {@code /ws}: an instrument that is played over a socket (contract, section 8).
 *
 * <p>A session has two sides. {@link dev.cantora.daemon.live.LiveConnection} lives on the socket's virtual thread: it
 * limits, parses and checks messages, looks up words and loads voices, all of which may take time. What is left are small
 * events that it puts into the mailbox of {@link dev.cantora.daemon.live.LiveSession}, which runs on one audio thread,
 * owns all state and locks nothing. Answers go out through the connection's sender, which encodes them.
 *
 * <p>Everything that reaches samples passes {@link dev.cantora.daemon.live.VoiceChain}, which keeps a log of it; {@link
 * dev.cantora.daemon.live.TakeReplay} drives the same chain from a stored log and gets the same bytes.
 */
package dev.cantora.daemon.live;
