package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/**
 * A session that was kept, ready to go on.
 *
 * @param tape null when none could be read
 */
public record Restored(SessionState state, UnfinishedTape tape, List<Track> tracks) {

  /** @param voice its singers, fresh @param score null without one */
  public record Track(SessionState.TrackState state, Instrument instrument, LiveVoice voice, ScoreCursor score) {}
}
