package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tracks of a session, and those that fade out after their removal. Belongs to the session's audio thread. */
final class Tracks {

  private final List<JamTrack> present = new ArrayList<>();
  private final List<JamTrack> leaving = new ArrayList<>();

  List<JamTrack> all() {
    return present;
  }

  int count() {
    return present.size();
  }

  /** Null when there is none. */
  JamTrack byId(String trackId) {
    for (JamTrack track : present) {
      if (track.trackId().equals(trackId)) {
        return track;
      }
    }
    return null;
  }

  List<Track> describe() {
    return present.stream().map(JamTrack::describe).toList();
  }

  List<SessionState.TrackState> states() {
    return present.stream().map(JamTrack::state).toList();
  }

  /** Notes of score tracks. */
  Map<String, List<ScoreCursor.Sung>> scores() {
    return present.stream().filter(track -> track.score() != null)
        .collect(Collectors.toMap(JamTrack::trackId, track -> track.score().notes()));
  }

  void add(JamTrack track) {
    present.add(track);
    track.open(anySolo());
    if (track.solo()) {
      remix();
    }
  }

  /** @param sounding whether it has to fade out */
  void remove(JamTrack track, boolean sounding) {
    present.remove(track);
    track.panic();
    track.fadeOut();
    if (sounding) {
      leaving.add(track);
    }
    remix();
  }

  /** Gain, pan, mute or solo of a track changed, and with a solo what all others are worth. */
  void remix() {
    boolean anySolo = anySolo();
    for (JamTrack track : present) {
      track.move(anySolo);
    }
  }

  /** In silence nothing has to fade. */
  void settle() {
    present.forEach(JamTrack::settle);
  }

  /** Renders the next frames of all tracks into the common mix and those of far listeners. */
  void mix(int frames, int offset, Mixdown mixdown, List<Member> listeners) {
    for (int i = 0; i < present.size(); i++) {
      mix(present.get(i), frames, offset, mixdown, listeners);
    }
    for (int i = leaving.size() - 1; i >= 0; i--) {
      JamTrack track = leaving.get(i);
      mix(track, frames, offset, mixdown, listeners);
      if (track.faded()) {
        leaving.remove(i);
      }
    }
  }

  private static void mix(JamTrack track, int frames, int offset, Mixdown mixdown, List<Member> listeners) {
    track.render(frames);
    track.addCommon(frames, offset, mixdown.mono(), mixdown.stereo());
    for (int i = 0; i < listeners.size(); i++) {
      PrivateMix own = listeners.get(i).privateMix();
      if (own != null) {
        track.addPrivate(listeners.get(i).participantId(), frames, offset, own);
      }
    }
  }

  private boolean anySolo() {
    return present.stream().anyMatch(JamTrack::solo);
  }
}
