package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.tape.UnfinishedTape;
import java.util.List;
import java.util.Map;

/**
 * All of a session that stands still: enough to open it again, on any daemon that has its voices.
 *
 * @param tape null when nothing was ever recorded
 * @param scores by track id
 */
public record KeptRoom(SessionState state, UnfinishedTape tape, Map<String, List<ScoreCursor.Sung>> scores) {

  public KeptRoom {
    scores = Map.copyOf(scores);
  }

  /** Those, too, may come back. */
  public KeptRoom with(List<SessionState.Person> former) {
    return new KeptRoom(state.with(former), tape, scores);
  }
}
