package dev.cantora.daemon.jam.tape;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;

/**
 * One thing that happened.
 *
 * @param tSample samples since recording began, never negative
 * @param trackId track, or empty for the session
 * @param payload what happened; its name is written as {@code event}
 * @param participantId who did it; {@value #SCORE} for score tracks
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TapeEvent(
    long tSample,
    String trackId,
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "event")
    Payload payload,
    String participantId) {

  /** Participant of notes that a score track plays. */
  public static final String SCORE = "_score";

  /** What can stand on a tape. */
  @JsonSubTypes({
    @JsonSubTypes.Type(value = NoteOn.class, name = "note_on"),
    @JsonSubTypes.Type(value = NoteOff.class, name = "note_off"),
    @JsonSubTypes.Type(value = Control.class, name = "track_control"),
    @JsonSubTypes.Type(value = TrackChange.class, name = "track_update"),
    @JsonSubTypes.Type(value = TrackRemoved.class, name = "track_remove"),
    @JsonSubTypes.Type(value = Panic.class, name = "panic"),
    @JsonSubTypes.Type(value = Tempo.class, name = "transport_bpm"),
    @JsonSubTypes.Type(value = Stop.class, name = "transport_stop"),
  })
  public sealed interface Payload {}

  /** Written as the note itself. */
  public record NoteOn(LiveNote note) implements Payload {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NoteOn {}

    @JsonValue
    @Override
    public LiveNote note() {
      return note;
    }
  }

  /** @param releaseMs 0..10000 */
  public record NoteOff(String noteId, double releaseMs) implements Payload {}

  public record Control(LiveVoice.Controller controller, double value) implements Payload {}

  /** The track's settings from here on. */
  public record TrackChange(double gain, double pan, boolean mute, boolean solo, String defaultTimbre,
      int polyphonyLimit) implements Payload {}

  public record TrackRemoved() implements Payload {}

  /** All notes of the track were released at once: by a stop or a seek, or because its score was exchanged. */
  public record Panic() implements Payload {}

  /** @param measure from 0, in which the new tempo begins @param beat within it */
  public record Tempo(double bpm, TimeSignature timeSig, long measure, double beat) implements Payload {}

  public record Stop() implements Payload {}
}
