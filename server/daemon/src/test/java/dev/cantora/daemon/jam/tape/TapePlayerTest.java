package dev.cantora.daemon.jam.tape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TapePlayerTest {

  private static final TapeTrack ONE = track("track-1", -0.5);
  private static final TapeTrack TWO = track("track-2", 0.7);

  @Test
  void stemsSumToTheMasterBeforeItsLimiterBitForBit() throws IOException {
    EventTape tape = new EventTape(48000, 512, 120, TimeSignature.COMMON, 1, List.of(ONE, TWO), List.of(
        new TapeEvent(0, "track-1", new TapeEvent.NoteOn(note("a")), "p"),
        new TapeEvent(100, "track-2", new TapeEvent.NoteOn(note("b")), "p"),
        new TapeEvent(5000, "track-1", new TapeEvent.TrackChange(0.3, 0.1, false, false, null, 4), "p"),
        new TapeEvent(9001, "track-2", new TapeEvent.TrackChange(1, 0.7, true, false, null, 4), "p")), 10_000);
    Samples master = new Samples(2);
    Samples one = new Samples(2);
    Samples two = new Samples(2);
    player(tape, 2).play(RenderMonitor.NONE, false, master, Map.of("track-1", one, "track-2", two));
    assertThat(master.all).hasSize((int) tape.lengthSamples() * 2);
    for (int i = 0; i < master.all.length; i++) {
      assertThat(one.all[i] + two.all[i]).isEqualTo(master.all[i]);
    }
    assertThat(one.all[20_000]).as("the track is heard").isNotZero();
    assertThat(two.all[40_000]).as("muted from sample 9001 on").isZero();
  }

  @Test
  void theBlockSizeChangesNoSample() throws IOException {
    List<TapeEvent> events = List.of(
        new TapeEvent(3, "track-1", new TapeEvent.NoteOn(note("a")), "p"),
        new TapeEvent(777, "track-1", new TapeEvent.TrackChange(0.3, 0, false, false, null, 4), "p"));
    Samples small = new Samples(1);
    Samples large = new Samples(1);
    EventTape tape = new EventTape(48000, 128, 120, TimeSignature.COMMON, 1, List.of(ONE), events, 1000);
    player(tape, 1).play(RenderMonitor.NONE, true, small, Map.of());
    EventTape coarse = new EventTape(48000, 2048, 120, TimeSignature.COMMON, 1, List.of(ONE), events, 1000);
    player(coarse, 1).play(RenderMonitor.NONE, true, large, Map.of());
    assertThat(Arrays.copyOf(large.all, small.all.length)).isEqualTo(small.all);
  }

  @Test
  void aQuantisedNoteKeepsItsLengthAndNothingLiesBeforeTheTape() {
    TapeRecorder recorder = new TapeRecorder(48000, 512, 120, TimeSignature.COMMON, 1, TapeJournal.NONE);
    recorder.noteOn(100, "track-1", new TapeEvent.NoteOn(note("a")), "p", -1000);
    recorder.noteOff(600, "track-1", new TapeEvent.NoteOff("a", 100), "p");
    recorder.noteOn(23_000, "track-1", new TapeEvent.NoteOn(note("b")), "p", 1000);
    recorder.noteOff(23_500, "track-1", new TapeEvent.NoteOff("b", 100), "p");
    recorder.noteOn(30_000, "track-1", new TapeEvent.NoteOn(note("held")), "p", 0);
    assertThat(recorder.snapshot(31_000).finish().events()).extracting(TapeEvent::tSample)
        .containsExactly(0L, 500L, 24_000L, 24_500L, 30_000L, 31_000L);
  }

  @Test
  void aNoteThatWasMovedForwardsIsNotCutByTheEndOfTheOneBefore() {
    TapeRecorder recorder = new TapeRecorder(48000, 512, 120, TimeSignature.COMMON, 1, TapeJournal.NONE);
    recorder.noteOn(1000, "track-1", new TapeEvent.NoteOn(note("a")), "p", 500);
    recorder.noteOff(1100, "track-1", new TapeEvent.NoteOff("a", 100), "p");
    recorder.noteOn(1400, "track-1", new TapeEvent.NoteOn(note("a")), "p", -500);
    recorder.noteOff(2000, "track-1", new TapeEvent.NoteOff("a", 100), "p");
    List<TapeEvent> events = recorder.snapshot(3000).finish().events();
    assertThat(events).extracting(TapeEvent::tSample).containsExactly(1500L, 1600L, 1600L, 2200L);
    assertThat(events).extracting(event -> event.payload() instanceof TapeEvent.NoteOn)
        .containsExactly(true, false, true, false);
  }

  @Test
  void aTapeIsFullAfterAnHourOrAHundredThousandEvents() {
    TapeRecorder recorder = new TapeRecorder(48000, 512, 120, TimeSignature.COMMON, 1, TapeJournal.NONE);
    assertThat(recorder.full(3600L * 48000 - 1)).isFalse();
    assertThat(recorder.full(3600L * 48000)).isTrue();
    for (int i = 0; i < TapeRecorder.MAX_EVENTS; i++) {
      recorder.event(i, "", new TapeEvent.Stop(), null);
    }
    assertThat(recorder.full(0)).isTrue();
  }

  @Test
  void aTapeIsTheSameAfterItWasWrittenAndRead() {
    EventTape tape = new EventTape(48000, 512, 120, TimeSignature.COMMON, 1, List.of(ONE, TWO), List.of(
        new TapeEvent(0, "track-1", new TapeEvent.NoteOn(new LiveNote("a", 60, 1, "AH", 0.5, null, 0.1, List.of("HH", "AY"))), "p"),
        new TapeEvent(1, "track-1", new TapeEvent.Control(LiveVoice.Controller.BEND, 12), "p"),
        new TapeEvent(2, "track-1", new TapeEvent.TrackChange(0.3, 0.1, false, true, "AH", 4), null),
        new TapeEvent(3, "track-1", new TapeEvent.Panic(), null),
        new TapeEvent(4, "", new TapeEvent.Tempo(90, new TimeSignature(3, 4), 2, 0.5), null),
        new TapeEvent(5, "", new TapeEvent.Stop(), null),
        new TapeEvent(6, "track-2", new TapeEvent.TrackRemoved(), "p"),
        new TapeEvent(7, "track-1", new TapeEvent.NoteOff("a", 80), "p")), 900);
    var json = dev.cantora.daemon.json.Json.tree(tape);
    assertThat(json.at("/events/0/event").asText()).isEqualTo("note_on");
    assertThat(json.at("/events/0/payload/midi").asInt()).as("fields of the note, flat").isEqualTo(60);
    assertThat(dev.cantora.daemon.json.Json.bind(json, EventTape.class)).isEqualTo(tape);
  }

  private static TapePlayer player(EventTape tape, int channels) {
    return new TapePlayer(tape, channels, track -> new Constant());
  }

  private static TapeTrack track(String id, double pan) {
    return new TapeTrack(id, "voice", id, 1, pan, false, false, null, 4, 1, 0);
  }

  private static LiveNote note(String id) {
    return new LiveNote(id, 60, 1, null, null, null, 0, List.of());
  }

  private static final class Samples implements PcmSink {
    private final int channels;
    private float[] all = {};

    Samples(int channels) {
      this.channels = channels;
    }

    @Override
    public void accept(float[] interleaved, int frames) {
      int before = all.length;
      all = Arrays.copyOf(all, before + frames * channels);
      System.arraycopy(interleaved, 0, all, before, frames * channels);
    }
  }

  /** Sounds at a constant level from its first note on: what is heard shows the strips alone. */
  private static final class Constant implements LiveVoice {
    private long position;
    private long onset = Long.MAX_VALUE;

    @Override
    public NoteAck noteOn(LiveNote note, long atSample) {
      onset = Math.min(onset, atSample);
      return new NoteAck(0, false);
    }

    @Override
    public void noteOff(String noteId, double releaseMs, long atSample) {}

    @Override
    public void panic(long atSample) {}

    @Override
    public void timbreMorph(Map<String, Double> weights) {}

    @Override
    public void control(Controller controller, double value) {}

    @Override
    public void maxPolyphony(int voices, Reserve reserve) {}

    @Override
    public void defaultTimbre(String timbre) {}

    @Override
    public void seed(int rngSeed) {}

    @Override
    public void restart() {}

    @Override
    public void restartAt(long sample) {
      position = sample;
    }

    @Override
    public void render(float[] out, int frames) {
      for (int i = 0; i < frames; i++, position++) {
        out[i] += position >= onset ? 0.3f : 0;
      }
    }

    @Override
    public int voicesActive() {
      return 1;
    }

    @Override
    public long samplePosition() {
      return position;
    }
  }
}
