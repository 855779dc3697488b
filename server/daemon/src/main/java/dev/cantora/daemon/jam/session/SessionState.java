package dev.cantora.daemon.jam.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cantora.api.jam.InputMode;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.List;

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
    List<TrackState> tracks) {

  /** @param tokenHash SHA-256 of the token that proves the identity */
  public record Person(
      String participantId, String displayName, String principalId, boolean spectator, String tokenHash) {}

  /** @param ownerId participant id @param hasScore whether a score is kept beside */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TrackState(
      TapeTrack settings, String ownerId, InputMode inputMode, String lyricsLanguage, boolean hasScore) {}

  public SessionState {
    people = List.copyOf(people);
    tracks = List.copyOf(tracks);
  }

  JamSettings settings() {
    return new JamSettings(sessionId, name, listed, bpm, timeSig, blockSize, seed);
  }
}
