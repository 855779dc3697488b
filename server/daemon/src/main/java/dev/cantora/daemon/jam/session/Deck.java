package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeJournal;
import dev.cantora.daemon.jam.tape.TapeRecorder;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.jam.time.TempoMap;
import java.util.List;

/**
 * The tape machine of a session. It counts the samples that were rendered, whether it records or not; its tape is missing,
 * running or finished. Belongs to the session's audio thread.
 */
final class Deck {

  private final JamSettings settings;
  private TapeRecorder recorder;
  private UnfinishedTape tape;
  private long now;
  private long zero;

  Deck(JamSettings settings) {
    this.settings = settings;
  }

  /** @param earlier tape or null */
  void restore(UnfinishedTape earlier) {
    tape = earlier;
  }

  /** Records on at the end of the tape that was restored. */
  void goOn(TapeJournal journal) {
    recorder = TapeRecorder.goingOn(tape, journal);
    zero = now - tape.recordedSamples();
  }

  /** Samples rendered since the session began; never runs back. */
  long now() {
    return now;
  }

  void advance(int frames) {
    now += frames;
  }

  boolean recording() {
    return recorder != null;
  }

  /** Begins a tape: with the tracks as they are, the notes that sound and the controllers that were moved. */
  void start(TempoMap.Segment tempo, List<JamTrack> tracks, TapeJournal journal) {
    recorder = new TapeRecorder(JamSettings.SAMPLE_RATE_HZ, settings.blockSize(), tempo.bpm(), tempo.signature(),
        settings.seed(), journal);
    zero = now;
    for (JamTrack track : tracks) {
      recorder.track(track.forTape(-track.voice().samplePosition()));
      track.controls().forEach((controller, value) ->
          recorder.event(0, track.trackId(), new TapeEvent.Control(controller, value), null));
      for (JamTrack.Held held : track.held()) {
        recorder.noteOn(0, track.trackId(), new TapeEvent.NoteOn(held.note()), held.participantId(), 0);
      }
    }
  }

  void stop() {
    tape = recorder.stop(now - zero);
    recorder = null;
  }

  boolean full() {
    return recorder != null && recorder.full(now - zero);
  }

  void track(JamTrack track) {
    if (recorder != null) {
      recorder.track(track.forTape(now - zero - track.voice().samplePosition()));
    }
  }

  /** @param ahead frames from now @param shift by which the note is moved on the tape, in samples */
  void noteOn(int ahead, JamTrack track, TapeEvent.NoteOn note, String participantId, long shift) {
    if (recorder != null) {
      recorder.noteOn(now + ahead - zero, track.trackId(), note, participantId, shift);
    }
  }

  /** @param ahead frames from now */
  void noteOff(int ahead, JamTrack track, TapeEvent.NoteOff off, String participantId) {
    if (recorder != null) {
      recorder.noteOff(now + ahead - zero, track.trackId(), off, participantId);
    }
  }

  /** @param trackId empty for the session */
  void event(String trackId, TapeEvent.Payload payload, String participantId) {
    if (recorder != null) {
      recorder.event(now - zero, trackId, payload, participantId);
    }
  }

  /** Of the recording that runs, else of the tape that is there. */
  double recordedSec() {
    long samples = recorder != null ? now - zero : tape != null ? tape.recordedSamples() : 0;
    return (double) samples / JamSettings.SAMPLE_RATE_HZ;
  }

  int recordedEvents() {
    return recorder != null ? recorder.eventCount() : tape != null ? tape.events().size() : 0;
  }

  /** The tape, or what runs so far; null when nothing was ever recorded. */
  UnfinishedTape tape() {
    return recorder != null ? recorder.snapshot(now - zero) : tape;
  }
}
