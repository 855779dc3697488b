package dev.cantora.daemon.jam;

/**
 * A client whose socket one daemon relays to another.
 *
 * @param principalId who it is, as the relaying daemon has found
 * @param admin whether that is an administrator
 * @param hello what it said first, as it came
 * @param message what it said last and nobody has answered, as it came; null when that was the hello
 * @param participantId told to the client with the hello's answer; null when that is still to come
 * @param resumeToken alike
 * @param displayName alike
 * @param relays daemons that the socket passes on its way
 */
public record RelayTicket(String principalId, boolean admin, String hello, String message, String participantId,
    String resumeToken, String displayName, int relays) {}
