package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a tape. A quantised note is moved as a whole: its end moves by as much as its beginning, so that no note ends
 * before it began, and nothing lies before the start of the tape. For one thread.
 */
public final class TapeRecorder {

  private record NoteKey(String trackId, String noteId) {}

  private final int sampleRateHz;
  private final int blockSize;
  private final double bpm;
  private final TimeSignature timeSig;
  private final int seed;
  private final List<TapeTrack> tracks = new ArrayList<>();
  private final List<TapeEvent> events = new ArrayList<>();
  private final Map<NoteKey, Long> shifts = new HashMap<>();

  public TapeRecorder(int sampleRateHz, int blockSize, double bpm, TimeSignature timeSig, int seed) {
    this.sampleRateHz = sampleRateHz;
    this.blockSize = blockSize;
    this.bpm = bpm;
    this.timeSig = timeSig;
    this.seed = seed;
  }

  /** @param track with {@code addedAt} in samples of the tape */
  public void track(TapeTrack track) {
    tracks.add(track);
  }

  /** @param shift by which quantisation moves the note, in samples */
  public void noteOn(long tSample, String trackId, TapeEvent.NoteOn note, String participantId, long shift) {
    long moved = Math.max(0, tSample + shift);
    shifts.put(new NoteKey(trackId, note.note().noteId()), moved - tSample);
    events.add(new TapeEvent(moved, trackId, note, participantId));
  }

  public void noteOff(long tSample, String trackId, TapeEvent.NoteOff off, String participantId) {
    Long shift = shifts.remove(new NoteKey(trackId, off.noteId()));
    if (shift != null) {
      events.add(new TapeEvent(tSample + shift, trackId, off, participantId));
    }
  }

  public void event(long tSample, String trackId, TapeEvent.Payload payload, String participantId) {
    events.add(new TapeEvent(tSample, trackId, payload, participantId));
  }

  public int eventCount() {
    return events.size();
  }

  /** The tape so far. Notes that still sound end at the given sample. */
  public EventTape finish(long tSample) {
    List<TapeEvent> all = new ArrayList<>(events);
    shifts.forEach((key, shift) -> all.add(
        new TapeEvent(Math.max(0, tSample + shift), key.trackId(), new TapeEvent.NoteOff(key.noteId(), 100), null)));
    all.sort(Comparator.comparingLong(TapeEvent::tSample));
    return new EventTape(sampleRateHz, blockSize, bpm, timeSig, seed, tracks, all);
  }
}
