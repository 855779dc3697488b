package dev.cantora.daemon.jam.session;

/** What others may know of a session without asking its audio thread. @param ownerId principal of the host, null before there is one */
public record SessionCard(String sessionId, String name, boolean listed, long createdAtMs, String ownerId, int participants,
    int spectators, int tracks, boolean playing, double bpm, boolean recording, boolean dormant) {

  /** Of a kept session that nobody is in. */
  public static SessionCard asleep(SessionState state) {
    return new SessionCard(state.sessionId(), state.name(), state.listed(), state.createdAtMs(), state.ownerId(), 0, 0,
        state.tracks().size(), false, state.bpm(), false, true);
  }
}
