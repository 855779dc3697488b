package dev.cantora.daemon.render;

import dev.cantora.api.model.RenderOutcome;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.engine.RenderMonitor;

/** What a job of the render queue does: renders and files something. */
@FunctionalInterface
public interface QueuedWork {

  /** What became of it. @param outcome told to listeners @param meta of what was filed */
  record Result(RenderOutcome outcome, RenderMeta meta) {}

  /** @throws Exception fails the job; RENDER_CANCELLED when the monitor asked for an end */
  Result run(RenderMonitor monitor) throws Exception;
}
