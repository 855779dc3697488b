package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.tape.TapeJournal;
import java.util.List;

/** Keeps a session that has a tape, so that both outlive the daemon. Nothing here may wait. */
public interface SessionKeeper extends TapeJournal {

  /** The session as it is now; replaces what was kept. Kept once a tape has begun. */
  void state(SessionState state);

  /** The score of a track. */
  void score(String trackId, List<ScoreCursor.Sung> notes);

  /** @param told that something cannot be written just now, once until it can; on another thread */
  void onTrouble(Runnable told);

  /** The session is over; nothing of it stays. */
  void forget();
}
