package dev.cantora.engine;

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
}
