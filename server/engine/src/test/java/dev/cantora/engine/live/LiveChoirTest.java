package dev.cantora.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.engine.Engine;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.rendering.RenderedScore;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveChoirTest {

  private static final int RATE = 48000;
  private static Engine engine;
  private static Voice voice;

  @BeforeAll
  static void load() {
    engine = Engine.create(1);
    voice = RenderedScore.voice();
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static LiveVoice choir(int polyphony) {
    return engine.live(voice, new LiveConfig(0, 1, polyphony, 5, null));
  }

  private static LiveNote note(String id, double midi) {
    return new LiveNote(id, midi, 0.8, null, 0.0, new Vibrato(5, 0, 0), 0, List.of());
  }

  @Test
  void aNoteStartsAtItsSample() {
    LiveVoice live = choir(4);
    live.noteOn(note("a", 69), 777);
    float[] out = render(live, 2048, 512);
    assertThat(Arrays.copyOf(out, 778)).containsOnly(0f);
    assertThat(out[780]).isNotZero();
  }

  @Test
  void aRestartedPoolSingsTheBitsOfANewOne() {
    LiveVoice used = choir(6);
    used.seed(77);
    used.maxPolyphony(3);
    used.noteOn(new LiveNote("x", 72, 1, "EE", 0.8, null, 0.2, List.of("S", "IY", "T")), 100);
    used.noteOn(note("y", 40), 300);
    used.control(Controller.BEND, 300);
    used.control(Controller.BREATHINESS, 0.7);
    used.control(Controller.SUSTAIN, 1);
    used.timbreMorph(Map.of("OO", 1.0));
    used.noteOff("y", 50, 900);
    used.noteOn(note("late", 50), 40_000);
    render(used, 5000, 500);
    used.restart();
    assertThat(used.samplePosition()).isZero();
    assertThat(used.voicesActive()).isZero();
    LiveVoice fresh = engine.live(voice, new LiveConfig(0, 1, 3, 77, null));
    for (LiveVoice live : List.of(used, fresh)) {
      for (int i = 0; i < 5; i++) {
        live.noteOn(new LiveNote("n" + i, 55 + i, 0.6, null, null, null, 0.1, List.of("L", "AA")), 200L * i);
      }
      live.noteOff("n4", 80, 3000);
    }
    assertThat(render(used, 16384, 512)).isEqualTo(render(fresh, 16384, 512));
  }

  @Test
  void theSameCallsGiveTheSameBitsInBlocksOfAnyMultipleOfThePeriod() {
    assertThat(take(256)).isEqualTo(take(512)).isEqualTo(take(2048));
  }

  private static float[] take(int blockSize) {
    LiveVoice live = engine.live(voice, new LiveConfig(0, 2, 3, 5, null));
    live.noteOn(new LiveNote("a", 57, 0.9, null, null, null, 0, List.of("S", "IY")), 100);
    live.noteOn(note("b", 61), 1000);
    live.noteOn(note("c", 64), 1300);
    live.control(Controller.PAN, -0.5);
    live.control(Controller.GROWL, 0.4);
    live.noteOn(new LiveNote("d", 68, 0.5, "EE", null, new Vibrato(6, 40, 0.1), 0.2, List.of()), 9000);
    live.noteOff("b", 200, 12000);
    live.noteOff("d", 0, 30000);
    return render(live, 40960, blockSize, 2);
  }

  @Test
  void aFreeVoiceIsTakenFirstThenTheReleasingOneNearestItsEndThenTheOldest() {
    LiveVoice live = choir(3);
    assertThat(live.noteOn(note("a", 60), 0)).isEqualTo(new LiveVoice.NoteAck(0, false));
    assertThat(live.noteOn(note("b", 62), 10)).isEqualTo(new LiveVoice.NoteAck(1, false));
    assertThat(live.noteOn(note("c", 64), 20)).isEqualTo(new LiveVoice.NoteAck(2, false));
    assertThat(live.noteOn(note("d", 65), 30)).isEqualTo(new LiveVoice.NoteAck(0, true));
    live.noteOff("c", 100, 40);
    live.noteOff("b", 50, 40);
    assertThat(live.noteOn(note("e", 67), 50)).isEqualTo(new LiveVoice.NoteAck(1, true));
    assertThat(live.noteOn(note("d", 66), 60)).isEqualTo(new LiveVoice.NoteAck(0, false));
    assertThat(live.noteOn(note("f", 67), 40 + RATE / 10)).isEqualTo(new LiveVoice.NoteAck(2, false));
  }

  @Test
  void stealingRetriggeringAndShrinkingMakeNoStep() {
    LiveVoice steady = choir(1);
    steady.noteOn(note("a", 76), 0);
    float usual = steepest(render(steady, 9600, 512), 2000);
    LiveVoice live = choir(1);
    for (int i = 0; i < 40; i++) {
      live.noteOn(note("n" + i % 3, 70 + i * 5 % 7), i * 311L);
    }
    assertThat(steepest(render(live, RATE / 2, 64), 1)).isLessThan(2 * usual);
    LiveVoice pool = choir(3);
    pool.noteOn(note("a", 70), 0);
    pool.noteOn(note("b", 73), 0);
    pool.noteOn(note("c", 76), 0);
    float three = steepest(render(pool, 4096, 512), 2000);
    pool.maxPolyphony(1);
    float[] after = render(pool, 4096, 512);
    assertThat(steepest(after, 1)).isLessThan(1.2f * three);
    assertThat(pool.voicesActive()).isEqualTo(1);
  }

  /** Made on another thread beside the music, or on the spot: the same notes come out the same. */
  @Test
  void singersMadeAheadSingAsThoseMadeOnTheSpot() throws Exception {
    float[][] sung = new float[2][];
    for (int way = 0; way < 2; way++) {
      LiveVoice pool = choir(2);
      pool.noteOn(note("a", 60), 0);
      pool.noteOn(note("b", 64), 0);
      float[] before = render(pool, 2048, 512);
      LiveVoice.Reserve reserve = way == 0 ? LiveVoice.Reserve.NONE
          : java.util.concurrent.CompletableFuture.supplyAsync(() -> pool.reserve(8)).get();
      pool.maxPolyphony(8, reserve);
      for (int i = 0; i < 6; i++) {
        assertThat(pool.noteOn(note("c" + i, 67 + i), 2048 + i * 100).stolen()).isFalse();
      }
      float[] after = render(pool, 8192, 512);
      assertThat(pool.voicesActive()).isEqualTo(8);
      sung[way] = java.util.stream.Stream.of(before, after).reduce(new float[0], (one, two) -> {
        float[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
      });
    }
    assertThat(sung[1]).isEqualTo(sung[0]);
  }

  @Test
  void aReserveOfAnotherVoiceIsOfNoUse() {
    LiveVoice pool = choir(1);
    LiveVoice other = choir(1);
    other.control(Controller.BEND, 1200);
    pool.maxPolyphony(4, other.reserve(4));
    LiveVoice plain = choir(1);
    plain.maxPolyphony(4);
    for (LiveVoice each : List.of(pool, plain)) {
      for (int i = 0; i < 4; i++) {
        each.noteOn(note("n" + i, 60 + i), 0);
      }
    }
    assertThat(render(pool, 4096, 512)).isEqualTo(render(plain, 4096, 512));
  }

  /** From one end of its range to the other at once, while a note is held: heard as a glide, never as a click. */
  @ParameterizedTest
  @EnumSource(Controller.class)
  void controllersMoveWithoutAStep(Controller controller) {
    LiveVoice live = choir(1);
    live.noteOn(note("a", 60), 0);
    live.control(controller, -10_000);
    float low = steepest(render(live, 9600, 512), 4800);
    live.control(controller, 10_000);
    float moving = steepest(render(live, 9600, 512), 1);
    live.control(controller, -10_000);
    float back = steepest(render(live, 9600, 512), 1);
    live.control(controller, 10_000);
    float high = steepest(render(live, 9600, 512), 4800);
    assertThat(Math.max(moving, back)).isLessThan(1.3f * Math.max(low, high));
  }

  @Test
  void aMorphMovesWithoutAStep() {
    LiveVoice live = choir(1);
    live.noteOn(note("a", 60), 0);
    float usual = 0f;
    float moving = 0f;
    for (String timbre : List.of("AH", "EE", "OO", "EE", "AH", "OO")) {
      live.timbreMorph(Map.of(timbre, 1.0));
      moving = Math.max(moving, steepest(render(live, 4800, 512), 1));
      usual = Math.max(usual, steepest(render(live, 4800, 512), 1));
    }
    assertThat(moving).isLessThan(1.3f * usual);
  }

  @Test
  void panicIsSilentAfterTenMilliseconds() {
    LiveVoice live = choir(4);
    live.timbreMorph(Map.of("EE", 1.0));
    live.noteOn(note("a", 60), 0);
    live.noteOn(note("b", 64), 5000);
    render(live, 2048, 512);
    live.panic(2100);
    float[] out = render(live, 8192, 512);
    assertThat(out[30]).isNotZero();
    for (int i = 52 + 480; i < out.length; i++) {
      assertThat(out[i]).isZero();
    }
    assertThat(live.voicesActive()).isZero();
  }

  @Test
  void thePedalHoldsReleasedNotes() {
    LiveVoice live = choir(2);
    live.control(Controller.SUSTAIN, 1);
    live.noteOn(note("a", 60), 0);
    live.noteOff("a", 20, 1000);
    render(live, RATE / 2, 480);
    assertThat(live.voicesActive()).isEqualTo(1);
    live.control(Controller.SUSTAIN, 0);
    render(live, 2048, 512);
    assertThat(live.voicesActive()).isZero();
  }

  @Test
  void unknownTimbresAreRefusedWithTheList() {
    LiveVoice live = choir(1);
    assertThatThrownBy(() -> live.timbreMorph(Map.of("XX", 1.0))).isInstanceOfSatisfying(EngineException.class,
        e -> assertThat(e.details()).containsEntry("available", List.of("AH", "EE", "OO")));
    assertThatThrownBy(() -> live.noteOn(new LiveNote("a", 60, 1, "XX", null, null, 0, null), 0))
        .isInstanceOf(EngineException.class);
    assertThat(live.voicesActive()).isZero();
  }

  private static float[] render(LiveVoice live, int frames, int blockSize) {
    return render(live, frames, blockSize, 1);
  }

  private static float[] render(LiveVoice live, int frames, int blockSize, int channels) {
    float[] all = new float[channels * frames];
    float[] block = new float[channels * blockSize];
    for (int done = 0; done < frames; done += blockSize) {
      int some = Math.min(blockSize, frames - done);
      Arrays.fill(block, 0f);
      live.render(block, some);
      System.arraycopy(block, 0, all, channels * done, channels * some);
    }
    return all;
  }

  private static float steepest(float[] samples, int from) {
    float most = 0f;
    for (int i = from; i < samples.length; i++) {
      most = Math.max(most, Math.abs(samples[i] - samples[i - 1]));
    }
    return most;
  }
}
