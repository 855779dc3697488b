package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.engine.Engine;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.Unison;
import dev.cantora.engine.performance.UnisonParts;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import org.junit.jupiter.api.Test;

/** A choir in unison: several, audibly, and the same every time. */
class UnisonTest {

  private static final Unison CHOIR = new Unison(8, 15, 0.03, 1);
  private final Voice voice = RenderedScore.voice();

  private static RenderConfig config(Unison unison, int channels) {
    return new RenderConfig(1024, 7, null, 4, channels, 48000, 0.3, unison);
  }

  private static Score melody() {
    return RenderedScore.score(Lanes.NONE, note("a", 0, 1, 57), note("b", 1, 0.5, 60), note("c", 1.5, 1, 57), note("d", 1.5, 1, 64));
  }

  private static Note note(String id, double start, double duration, double midi) {
    return new Note(id, start, duration, midi, 0.8, null, new Vibrato(0, 0, 0), 0, 0, 0.1, null);
  }

  @Test
  void theSameChoirSingsTheSameBytesOnAnyNumberOfThreads() {
    try (Engine one = Engine.create(1); Engine two = Engine.create(2)) {
      String hash = RenderedScore.of(one, voice, melody(), config(CHOIR, 2)).sha256();
      assertThat(RenderedScore.of(two, voice, melody(), config(CHOIR, 2)).sha256()).isEqualTo(hash);
      assertThat(RenderedScore.of(two, voice, melody(), config(Unison.SOLO, 2)).sha256()).isNotEqualTo(hash);
    }
  }

  @Test
  void membersBeginAtTheirOwnTimesAndKeepTheOrderOfNotes() {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (int member = 0; member < CHOIR.singers(); member++) {
      Score part = UnisonParts.part(melody(), CHOIR, member, 7);
      assertThat(part.notes().get(0).startSec()).isBetween(0.0, 0.03);
      assertThat(part.notes().get(1).startSec()).isBetween(0.97, 1.03).isEqualTo(part.notes().get(0).endSec(), org.assertj.core.api.Assertions.within(1e-12));
      assertThat(part.notes().get(2).startSec()).as("a chord stays one").isEqualTo(part.notes().get(3).startSec());
      assertThat(Math.abs(part.notes().get(1).midi() - 60)).isLessThanOrEqualTo(0.15);
      least = Math.min(least, part.notes().get(1).startSec());
      most = Math.max(most, part.notes().get(1).startSec());
    }
    assertThat(most - least).isGreaterThan(0.02);
  }

  @Test
  void manyVoicesBeatAgainstEachOtherAndFillTheStage() {
    try (Engine engine = Engine.create(2)) {
      Score score = RenderedScore.score(Lanes.NONE, note("a", 0, 4, 57));
      float[] solo = RenderedScore.of(engine, voice, score, config(Unison.SOLO, 1)).interleaved();
      float[] choir = RenderedScore.of(engine, voice, score, config(CHOIR, 1)).interleaved();
      assertThat(fluctuation(solo)).as("a steady tone").isLessThan(0.03);
      assertThat(fluctuation(choir)).as("beating").isGreaterThan(0.15);
      assertThat(rms(choir) / rms(solo)).as("level").isBetween(0.5, 2.0);
      float[] stereo = RenderedScore.of(engine, voice, score, config(CHOIR, 2)).interleaved();
      assertThat(correlation(stereo)).as("left against right").isLessThan(0.8);
      float[] middle = RenderedScore.of(engine, voice, score, config(new Unison(8, 15, 0.03, 0), 2)).interleaved();
      assertThat(correlation(middle)).isGreaterThan(0.999);
    }
  }

  /** Relative deviation of the level of the fundamental over stretches of 100 ms. */
  private static double fluctuation(float[] samples) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int from = 24000; from + 4800 < 4 * 48000; from += 4800) {
      double re = 0;
      double im = 0;
      for (int i = from; i < from + 4800; i++) {
        re += samples[i] * Math.cos(2 * Math.PI * 220 * i / 48000);
        im += samples[i] * Math.sin(2 * Math.PI * 220 * i / 48000);
      }
      double level = Math.hypot(re, im);
      sum += level;
      squares += level * level;
      count++;
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean;
  }

  private static double rms(float[] samples) {
    double squares = 0;
    for (int i = 24000; i < 4 * 48000; i++) {
      squares += samples[i] * samples[i];
    }
    return Math.sqrt(squares / (4 * 48000 - 24000));
  }

  private static double correlation(float[] stereo) {
    double both = 0;
    double left = 0;
    double right = 0;
    for (int i = 48000; i + 1 < 8 * 48000; i += 2) {
      both += stereo[i] * stereo[i + 1];
      left += stereo[i] * stereo[i];
      right += stereo[i + 1] * stereo[i + 1];
    }
    return both / Math.sqrt(left * right);
  }
}
