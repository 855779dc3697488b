package dev.cantora.daemon.jam;

import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.Member;

/**
 * Who somebody is in a session, apart from the connection.
 *
 * @param principalId only the same principal can resume
 */
record Identity(String resumeToken, String principalId, Member member, JamSession session, boolean spectator) {}
