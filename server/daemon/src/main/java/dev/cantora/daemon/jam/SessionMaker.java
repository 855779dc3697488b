package dev.cantora.daemon.jam;

import dev.cantora.daemon.audio.AudioClock;
import dev.cantora.daemon.jam.archive.JamArchive;
import dev.cantora.daemon.jam.session.JamMetrics;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.Restored;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionKeeper;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    KeptRoom room = kept(state);
    return open(room, archive.keepOn(state.sessionId()), onEmpty);
  }

  /** A session of another daemon, which is kept here from now on. */
  JamSession wake(KeptRoom room, Runnable onEmpty) {
    SessionKeeper keeper = archive.keep(room.state().sessionId());
    if (room.tape() != null) {
      room.tape().retell(keeper, !room.state().recording());
    }
    room.scores().forEach(keeper::score);
    return open(room, keeper, onEmpty);
  }

  /** All of a session in the archive. */
  KeptRoom kept(SessionState state) {
    Map<String, List<ScoreCursor.Sung>> scores = new HashMap<>();
    for (SessionState.TrackState track : state.tracks()) {
      if (track.hasScore()) {
        String trackId = track.settings().trackId();
        archive.score(state.sessionId(), trackId).ifPresent(notes -> scores.put(trackId, notes));
      }
    }
    return new KeptRoom(state, archive.tape(state.sessionId()).orElse(null), scores);
  }

  private JamSession open(KeptRoom room, SessionKeeper keeper, Runnable onEmpty) {
    String id = room.state().sessionId();
    List<Restored.Track> tracks = new ArrayList<>();
    for (SessionState.TrackState track : room.state().tracks()) {
      try {
        tracks.add(restored(track, room.scores().get(track.settings().trackId())));
      } catch (RuntimeException noVoice) {
        LOG.atWarn().addKeyValue("session", id).addKeyValue("track", track.settings().trackId()).setCause(noVoice)
            .log("jam_track_not_restored");
      }
    }
    return new JamSession(new Restored(room.state(), room.tape(), tracks), clock, exports, keeper, metrics, onEmpty);
  }

  /** @param notes of its score, or null */
  private Restored.Track restored(SessionState.TrackState track, List<ScoreCursor.Sung> notes) {
    Instrument instrument = library.load(track.settings().presetId());
    LiveVoice voice = instrument.newVoice(new LiveConfig(JamSettings.SAMPLE_RATE_HZ, 1, track.settings().polyphonyLimit(),
        track.settings().seed(), track.settings().defaultTimbre()));
    ScoreCursor score = notes == null ? null : new ScoreCursor(notes);
    return new Restored.Track(track, instrument, voice, score != null && score.fits(instrument.timbres()) ? score : null);
  }
}
