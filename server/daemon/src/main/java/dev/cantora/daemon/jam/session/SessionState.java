package dev.cantora.daemon.jam.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cantora.api.jam.InputMode;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a session is made of beside its tape and its scores: enough to open the room again.
 *
 * @param bpm tempo as it stands
 * @param timeSig metre as it stands
 * @param position of the song in samples
 * @param grid as on the wire
 * @param tracksMade numbers used up
 * @param hostId participant id
 * @param ownerId principal of the host
 * @param tempo tempo and metre along the song, or null where only those of the end are known
 * @param loop or null
 * @param goingOn what goes on as soon as somebody is back, or null when nothing does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionState(
    String sessionId,
    String name,
    boolean listed,
    long createdAtMs,
    double bpm,
    TimeSignature timeSig,
    int blockSize,
    int seed,
    long position,
    boolean metronome,
    String grid,
    int tracksMade,
    String hostId,
    String ownerId,
    List<Person> people,
    List<TrackState> tracks,
    List<TempoMap.Segment> tempo,
    Loop loop,
    GoingOn goingOn) {

  /** @param tokenHash SHA-256 of the token that proves the identity */
  public record Person(
      String participantId, String displayName, String principalId, boolean spectator, String tokenHash) {}

  /** @param ownerId participant id @param hasScore whether a score is kept beside */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TrackState(
      TapeTrack settings, String ownerId, InputMode inputMode, String lyricsLanguage, boolean hasScore) {}

  /** Places of the song in seconds. */
  public record Loop(boolean enabled, double startSec, double endSec) {}

  /** Of a session that another node takes over. */
  public record GoingOn(boolean playing, boolean recording) {}

  public SessionState {
    people = List.copyOf(people);
    tracks = List.copyOf(tracks);
  }

  SessionState going(boolean playing, boolean recording) {
    return new SessionState(sessionId, name, listed, createdAtMs, bpm, timeSig, blockSize, seed, position, metronome, grid,
        tracksMade, hostId, ownerId, people, tracks, tempo, loop, new GoingOn(playing, recording));
  }

  SessionState with(List<Person> former) {
    List<Person> all = Stream.concat(people.stream(), former.stream()).distinct().toList();
    return new SessionState(sessionId, name, listed, createdAtMs, bpm, timeSig, blockSize, seed, position, metronome, grid,
        tracksMade, hostId, ownerId, all, tracks, tempo, loop, goingOn);
  }

  /** Whether its tape runs on as soon as somebody is back. */
  public boolean recording() {
    return goingOn != null && goingOn.recording();
  }

  boolean playing() {
    return goingOn != null && goingOn.playing();
  }

  JamSettings settings() {
    return new JamSettings(sessionId, name, listed, bpm, timeSig, blockSize, seed);
  }
}
