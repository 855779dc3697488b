package dev.cantora.engine.rendering;

import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.synthesis.SynthesisTables;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;

/** The renderer of an engine. */
public final class PooledRenderer implements Renderer {

  private final SynthesisTables tables;
  private final RenderPool pool;

  public PooledRenderer(SynthesisTables tables, RenderPool pool) {
    this.tables = tables;
    this.pool = pool;
  }

  @Override
  public RenderStats render(Score score, Voice voice, RenderConfig config, RenderMonitor monitor, PcmSink sink)
      throws IOException {
    return new ScoreRender(RenderPlan.of(score, voice, config), tables, pool).run(monitor, sink);
  }

  @Override
  public Performance plan(Score score, Voice voice, RenderConfig config) {
    return RenderPlan.of(score, voice, config).performance();
  }

  @Override
  public RenderStats render(Score score, Performance performance, Voice voice, RenderConfig config, RenderMonitor monitor,
      PcmSink sink) throws IOException {
    return new ScoreRender(RenderPlan.of(score, voice, config, performance), tables, pool).run(monitor, sink);
  }
}
