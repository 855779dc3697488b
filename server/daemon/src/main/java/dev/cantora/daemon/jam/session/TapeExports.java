package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleConsumer;

/** Renders tapes into the bank, through the queue of all renders. */
@FunctionalInterface
public interface TapeExports {

  /**
   * What is wanted.
   *
   * @param name or null
   * @param stems whether a render per track is wanted too
   * @param channels 1, 2, or null for what the tape needs
   */
  record Order(EventTape tape, String name, boolean stems, Integer channels, Principal owner) {}

  /** @param renderId of the track's render */
  record Stem(String trackId, String renderId) {}

  /** @param stems null unless they were wanted */
  record Exported(RenderMeta master, List<Stem> stems) {}

  /**
   * An export in the queue.
   *
   * @param result fails with an ApiException: RENDER_CANCELLED, SERVER_SHUTDOWN, or EXPORT_FAILED for all else
   */
  record Running(String jobId, CompletableFuture<Exported> result, Runnable cancel) {}

  /**
   * May take a moment; not for audio threads.
   *
   * @param jobId chosen by the client, or null
   * @param requestId for the log
   * @param progress told fractions, on any thread
   * @throws dev.cantora.daemon.errors.ApiException INVALID_JOB_ID, CONFLICT, RENDER_QUEUE_FULL, RENDER_TOO_LARGE,
   *     RENDER_STORE_FULL, SERVER_SHUTDOWN
   */
  Running start(Order order, String jobId, String requestId, DoubleConsumer progress);
}
