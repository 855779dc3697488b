package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.engine.Engine;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.Unison;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.performance.PlannedSinger;
import dev.cantora.engine.performance.PlannedSpan;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A plan sings what its score sings, and what was changed in it. */
class PlanTest {

  private static final Engine ENGINE = Engine.create(2);
  private static final Voice VOICE = RenderedScore.voice();
  private static final RenderConfig CHOIR = new RenderConfig(512, 42, null, 3, 2, 48000, 0.3, new Unison(3, 15, 0.02, 1));

  @AfterAll
  static void close() {
    ENGINE.close();
  }

  private static Performance with(Performance plan, UnaryOperator<PlannedSpan> change) {
    return new Performance(plan.sampleRateHz(), plan.singers().stream()
        .map(s -> new PlannedSinger(s.index(), s.phonemes(), s.spans().stream().map(change).toList())).toList());
  }

  @Test
  void anUnchangedPlanHasTheBytesOfItsScore() {
    for (RenderConfig config : new RenderConfig[] {GoldenScore.CONFIG, CHOIR}) {
      Performance plan = ENGINE.renderer().plan(GoldenScore.score(), VOICE, config);
      assertThat(RenderedScore.of(ENGINE, VOICE, GoldenScore.score(), plan, config).sha256())
          .isEqualTo(RenderedScore.of(ENGINE, VOICE, GoldenScore.score(), config).sha256());
    }
  }

  @Test
  void anOctaveAddedToThePlanIsHeard() {
    Score score = RenderedScore.score(Lanes.NONE, new Note("a", 0, 1, 57, 0.9, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null));
    Performance plan = ENGINE.renderer().plan(score, VOICE, RenderConfig.DEFAULT);
    Performance higher = with(plan, s -> new PlannedSpan(s.sample(), Arrays.stream(s.f0Hz()).map(hz -> 2 * hz).toArray(), s.level(),
        s.effort(), s.breathiness(), s.tension(), s.formantShift(), s.growl(), s.fry(), s.whisper(), s.pan(), s.override(), s.weights()));
    float[] out = RenderedScore.of(ENGINE, VOICE, score, higher, RenderConfig.DEFAULT).interleaved();
    assertThat(amplitude(out, 440)).isGreaterThan(100 * amplitude(out, 220)).isGreaterThan(0.01);
  }

  @Test
  void aPlanWithFewPointsIsJoinedByLines() {
    Score score = RenderedScore.score(Lanes.NONE, new Note("a", 0, 1, 57, 0.9, null, new Vibrato(0, 0, 0), 0, 0, 0.0, null));
    Performance plan = ENGINE.renderer().plan(score, VOICE, RenderConfig.DEFAULT);
    // begin, end of attack, begin and end of release, and nothing on the grid between
    Performance thin = with(plan, s -> {
      int[] keep = {0, index(s, 2400), index(s, 48000), s.points() - 1};
      return new PlannedSpan(Arrays.stream(keep).mapToLong(i -> s.sample()[i]).toArray(), pick(s.f0Hz(), keep), pick(s.level(), keep),
          pick(s.effort(), keep), pick(s.breathiness(), keep), pick(s.tension(), keep), pick(s.formantShift(), keep),
          pick(s.growl(), keep), pick(s.fry(), keep), pick(s.whisper(), keep), pick(s.pan(), keep), pick(s.override(), keep),
          Arrays.copyOf(s.weights(), keep.length * VOICE.timbres().size()));
    });
    float[] whole = RenderedScore.of(ENGINE, VOICE, score, RenderConfig.DEFAULT).interleaved();
    float[] out = RenderedScore.of(ENGINE, VOICE, score, thin, RenderConfig.DEFAULT).interleaved();
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isCloseTo(whole[i], org.assertj.core.api.Assertions.within(1e-3f));
    }
  }

  @Test
  void aPlanOfAnotherRateIsRefused() {
    Performance plan = ENGINE.renderer().plan(GoldenScore.score(), VOICE, GoldenScore.CONFIG);
    RenderConfig other = new RenderConfig(512, 42, null, 3, 2, 44100, 0.3);
    assertThatThrownBy(() -> RenderedScore.of(ENGINE, VOICE, GoldenScore.score(), plan, other))
        .isInstanceOf(EngineException.class).hasMessageContaining("48000 Hz");
  }

  private static int index(PlannedSpan span, long sample) {
    return Arrays.binarySearch(span.sample(), sample);
  }

  private static double[] pick(double[] values, int[] keep) {
    return Arrays.stream(keep).mapToDouble(i -> values[i]).toArray();
  }

  private static float[] pick(float[] values, int[] keep) {
    float[] picked = new float[keep.length];
    for (int i = 0; i < keep.length; i++) {
      picked[i] = values[keep[i]];
    }
    return picked;
  }

  private static double amplitude(float[] samples, double hz) {
    double re = 0;
    double im = 0;
    for (int i = 12000; i < 36000; i++) {
      re += samples[i] * Math.cos(2 * Math.PI * hz * i / 48000);
      im += samples[i] * Math.sin(2 * Math.PI * hz * i / 48000);
    }
    return Math.hypot(re, im) / 12000;
  }
}
