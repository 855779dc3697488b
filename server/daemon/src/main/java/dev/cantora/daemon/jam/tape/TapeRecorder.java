package dev.cantora.daemon.jam.tape;

import dev.cantora.daemon.jam.time.TimeSignature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a tape. A note that is moved (quantised, or played far away) is moved as a whole: its end moves by as much as its
 * beginning, so that no note ends before it began, none begins before an earlier one of its id has ended, and nothing lies
 * before the start of the tape. For one thread.
 */
public final class TapeRecorder {

  /** A tape that holds this many events is full. */
  public static final int MAX_EVENTS = 100_000;
  /** A tape is full after an hour. */
  public static final int MAX_SEC = 3600;

  private record NoteKey(String trackId, String noteId) {}

  private final UnfinishedTape head;
  private final TapeJournal journal;
  private final List<TapeTrack> tracks = new ArrayList<>();
  private final List<TapeEvent> events = new ArrayList<>();
  private final Map<NoteKey, Long> shifts = new HashMap<>();
  private final Map<NoteKey, Long> ends = new HashMap<>();

  /** @param journal hears of everything that is written */
  public TapeRecorder(int sampleRateHz, int blockSize, double bpm, TimeSignature timeSig, int seed, TapeJournal journal) {
    this(new UnfinishedTape(sampleRateHz, blockSize, bpm, timeSig, seed, List.of(), List.of(), 0), journal);
    journal.began(head);
  }

  private TapeRecorder(UnfinishedTape head, TapeJournal journal) {
    this.head = head;
    this.journal = journal;
  }

  /** Writes on behind what a tape holds. @param journal that has heard of all of it */
  public static TapeRecorder goingOn(UnfinishedTape tape, TapeJournal journal) {
    TapeRecorder recorder = new TapeRecorder(tape.head(), journal);
    recorder.tracks.addAll(tape.tracks());
    recorder.events.addAll(tape.events());
    for (TapeEvent event : tape.events()) {
      if (event.payload() instanceof TapeEvent.NoteOff off) {
        recorder.ends.put(new NoteKey(event.trackId(), off.noteId()), event.tSample());
      }
    }
    return recorder;
  }

  /** @param track with {@code addedAt} in samples of the tape */
  public void track(TapeTrack track) {
    tracks.add(track);
    journal.track(track);
  }

  /** @param shift by which the note is moved, in samples */
  public void noteOn(long tSample, String trackId, TapeEvent.NoteOn note, String participantId, long shift) {
    NoteKey key = new NoteKey(trackId, note.note().noteId());
    long moved = Math.max(ends.getOrDefault(key, 0L), Math.max(0, tSample + shift));
    shifts.put(key, moved - tSample);
    write(new TapeEvent(moved, trackId, note, participantId));
  }

  public void noteOff(long tSample, String trackId, TapeEvent.NoteOff off, String participantId) {
    NoteKey key = new NoteKey(trackId, off.noteId());
    Long shift = shifts.remove(key);
    if (shift != null) {
      ends.put(key, tSample + shift);
      write(new TapeEvent(tSample + shift, trackId, off, participantId));
    }
  }

  public void event(long tSample, String trackId, TapeEvent.Payload payload, String participantId) {
    write(new TapeEvent(tSample, trackId, payload, participantId));
  }

  public int eventCount() {
    return events.size();
  }

  /** Whether nothing more should be recorded. @param tSample the tape's length so far */
  public boolean full(long tSample) {
    return events.size() >= MAX_EVENTS || tSample >= (long) MAX_SEC * head.sampleRateHz();
  }

  /** The tape so far. */
  public UnfinishedTape snapshot(long tSample) {
    return new UnfinishedTape(head.sampleRateHz(), head.blockSize(), head.bpm(), head.timeSig(), head.seed(),
        new ArrayList<>(tracks), new ArrayList<>(events), tSample);
  }

  /** The end of the recording. */
  public UnfinishedTape stop(long tSample) {
    journal.ended(tSample);
    return snapshot(tSample);
  }

  private void write(TapeEvent event) {
    events.add(event);
    journal.event(event);
  }
}
