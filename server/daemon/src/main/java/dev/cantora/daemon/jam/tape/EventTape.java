package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.List;

/**
 * A finished tape.
 *
 * @param sampleRateHz of all sample counts
 * @param blockSize of the session, the unit to which an export's length is rounded up
 * @param bpm tempo when recording began
 * @param timeSig metre when recording began
 * @param seed of the session
 * @param tracks in order of creation, also those that were removed since
 * @param events in order of time; of several at one sample, in the order they happened
 * @param recordedSamples how long the recording ran
 */
public record EventTape(
    int sampleRateHz,
    int blockSize,
    double bpm,
    TimeSignature timeSig,
    int seed,
    List<TapeTrack> tracks,
    List<TapeEvent> events,
    long recordedSamples) {

  /** What sounds on after the last event. */
  private static final double TAIL_SEC = 2;

  public EventTape {
    tracks = List.copyOf(tracks);
    events = List.copyOf(events);
  }

  /** Length of an export: the last event and two seconds, up to a whole block. */
  public long lengthSamples() {
    long last = events.isEmpty() ? 0 : events.getLast().tSample();
    long blocks = Math.ceilDiv(last + Math.round(TAIL_SEC * sampleRateHz), (long) blockSize);
    return blocks * blockSize;
  }

  /** Whether any track left the middle at any time, so that only stereo tells everything. */
  public boolean panned() {
    return tracks.stream().anyMatch(track -> track.pan() != 0) || events.stream()
        .anyMatch(event -> event.payload() instanceof TapeEvent.TrackChange change && change.pan() != 0);
  }
}
