package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recording holds at some moment: events as they happened, notes that still sound. Taking it is cheap, finishing it
 * is not and may happen on another thread.
 *
 * @param recordedSamples how long the recording ran
 */
public record UnfinishedTape(
    int sampleRateHz,
    int blockSize,
    double bpm,
    TimeSignature timeSig,
    int seed,
    List<TapeTrack> tracks,
    List<TapeEvent> events,
    long recordedSamples) {

  private static final double RELEASE_MS = 100;

  private record NoteKey(String trackId, String noteId) {}

  /** The same without what was recorded. */
  public UnfinishedTape head() {
    return new UnfinishedTape(sampleRateHz, blockSize, bpm, timeSig, seed, List.of(), List.of(), 0);
  }

  /** Writes all of it into a journal. @param ended whether nothing will follow */
  public void retell(TapeJournal journal, boolean ended) {
    journal.began(head());
    tracks.forEach(journal::track);
    events.forEach(journal::event);
    if (ended) {
      journal.ended(recordedSamples);
    }
  }

  /** The events in order of time, and the notes that sound ended. */
  public EventTape finish() {
    Map<NoteKey, TapeEvent> sounding = new LinkedHashMap<>();
    for (TapeEvent event : events) {
      switch (event.payload()) {
        case TapeEvent.NoteOn on -> sounding.put(new NoteKey(event.trackId(), on.note().noteId()), event);
        case TapeEvent.NoteOff off -> sounding.remove(new NoteKey(event.trackId(), off.noteId()));
        case TapeEvent.Panic panic -> sounding.keySet().removeIf(key -> key.trackId().equals(event.trackId()));
        case TapeEvent.TrackRemoved gone -> sounding.keySet().removeIf(key -> key.trackId().equals(event.trackId()));
        default -> { }
      }
    }
    List<TapeEvent> all = new ArrayList<>(events);
    sounding.forEach((key, on) -> all.add(new TapeEvent(Math.max(recordedSamples, on.tSample() + 1), key.trackId(),
        new TapeEvent.NoteOff(key.noteId(), RELEASE_MS), on.participantId())));
    all.sort(Comparator.comparingLong(TapeEvent::tSample));
    return new EventTape(sampleRateHz, blockSize, bpm, timeSig, seed, tracks, all, recordedSamples);
  }
}
