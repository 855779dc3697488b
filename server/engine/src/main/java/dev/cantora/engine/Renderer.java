package dev.cantora.engine;

import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;

/** Renders whole scores. Thread-safe; the bytes depend on the arguments alone, never on what runs beside it. */
public interface Renderer {

  /**
   * Sings a score.
   *
   * @param score with phonemes filled in already if lyrics are to be heard (see {@code lyrics})
   * @throws EngineException INVALID_BODY for an unknown timbre (with the list in details), RENDER_CANCELLED when the
   *     monitor says so
   * @throws IOException only what the sink throws
   */
  RenderStats render(Score score, Voice voice, RenderConfig config, RenderMonitor monitor, PcmSink sink) throws IOException;

  /**
   * What {@link #render(Score, Voice, RenderConfig, RenderMonitor, PcmSink) render} would do, written down.
   *
   * @throws EngineException INVALID_BODY for an unknown timbre
   */
  Performance plan(Score score, Voice voice, RenderConfig config);

  /**
   * Sings a planned performance; an unchanged one gives the samples of its score.
   *
   * @param score gives the length
   * @param performance from {@link #plan}, perhaps changed
   * @throws EngineException INVALID_BODY for a plan of another sample rate; else as the other {@code render}
   */
  RenderStats render(Score score, Performance performance, Voice voice, RenderConfig config, RenderMonitor monitor,
      PcmSink sink) throws IOException;
}
