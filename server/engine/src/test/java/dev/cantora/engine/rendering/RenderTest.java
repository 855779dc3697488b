package dev.cantora.engine.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cantora.engine.Engine;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RenderTest {

  private final Voice voice = RenderedScore.voice();

  @Test
  void lengthIsRoundedUpToBlocks() {
    try (Engine engine = Engine.create(1)) {
      var silence = RenderedScore.of(engine, voice, RenderedScore.score(Lanes.NONE), RenderConfig.DEFAULT);
      assertThat(silence.interleaved()).hasSize(15 * 1024).containsOnly(0f);
      assertThat(silence.stats().durationSec()).isEqualTo(0.32);
      var note = RenderedScore.of(engine, voice, RenderedScore.score(Lanes.NONE, Note.of("a", 0, 1, 57)), RenderConfig.DEFAULT);
      assertThat(note.interleaved()).hasSize(61 * 1024);
      assertThat(note.stats().peak()).isBetween(0.1f, 2f);
    }
  }

  @Test
  void closingTheEngineEndsARenderThatRuns() {
    Engine engine = Engine.create(2);
    Score minute = RenderedScore.score(Lanes.NONE, Note.of("a", 0, 60, 57));
    AtomicLong heard = new AtomicLong();
    assertThatExceptionOfType(EngineException.class).isThrownBy(() -> engine.renderer()
        .render(minute, voice, RenderConfig.DEFAULT, RenderMonitor.NONE, (samples, frames) -> {
          heard.addAndGet(frames);
          engine.close();
        })).satisfies(ended -> assertThat(ended.fault()).isEqualTo(EngineException.Fault.RENDER_CANCELLED));
    assertThat(heard.get()).isPositive().isLessThan(60 * 48000);
  }
}
