package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.security.Principal;
import dev.cantora.engine.RenderMonitor;
import java.io.IOException;

/** Makes a render of a request's body, for queues that carry bodies instead of work. Thread-safe. */
public interface Rendering {

  /**
   * Renders and files.
   *
   * @param body a valid render request that was accepted, here or elsewhere
   * @param voiceHash content of the voice it was accepted with; no other will do
   * @param keep true for an id of its own, false for the owner's {@code last} slot
   * @throws dev.cantora.daemon.errors.ApiException what keeps it from being made; RENDER_CANCELLED when the monitor asked
   */
  QueuedWork.Result render(JsonNode body, String voiceHash, boolean keep, Principal owner, Reservation reservation, RenderMonitor monitor)
      throws IOException;

  /** Tells whom the body wants told, once the job is over. */
  void ended(RenderJob job, JsonNode body);
}
