package dev.cantora.daemon.jam;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.session.JamMetrics;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.Restored;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions, new ones and kept ones.
 *
 * @param clock that runs them
 * @param library for the voices of sessions that are woken
 * @param archive where they are kept
 */
record SessionMaker(AudioClock clock, TapeExports exports, Instrument.Library library, JamArchive archive, JamMetrics metrics) {

  private static final Logger LOG = LoggerFactory.getLogger(SessionMaker.class);

  /** @param onEmpty called once, when nobody is left */
  JamSession create(JamSettings settings, Runnable onEmpty) {
    return new JamSession(settings, clock, exports, archive.keep(settings.sessionId()), metrics, onEmpty);
  }

  /** A kept session that goes on where it was. A track whose voice is gone stays away, and so does a score it can sing no more. */
  JamSession wake(SessionState state, Runnable onEmpty) {
    String id = state.sessionId();
    List<Restored.Track> tracks = new ArrayList<>();
    for (SessionState.TrackState track : state.tracks()) {
      try {
        tracks.add(restored(id, track));
      } catch (RuntimeException noVoice) {
        LOG.atWarn().addKeyValue("session", id).addKeyValue("track", track.settings().trackId()).setCause(noVoice)
            .log("jam_track_not_restored");
      }
    }
    Restored restored = new Restored(state, archive.tape(id).orElse(null), tracks);
    return new JamSession(restored, clock, exports, archive.keepOn(id), metrics, onEmpty);
  }

  private Restored.Track restored(String sessionId, SessionState.TrackState track) {
    Instrument instrument = library.load(track.settings().presetId());
    LiveVoice voice = instrument.newVoice(new LiveConfig(JamSettings.SAMPLE_RATE_HZ, 1, track.settings().polyphonyLimit(),
        track.settings().seed(), track.settings().defaultTimbre()));
    ScoreCursor score = track.hasScore()
        ? archive.score(sessionId, track.settings().trackId()).map(ScoreCursor::new)
            .filter(kept -> kept.fits(instrument.timbres())).orElse(null) : null;
    return new Restored.Track(track, instrument, voice, score);
  }
}
