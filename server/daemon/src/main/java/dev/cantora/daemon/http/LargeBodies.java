package dev.cantora.daemon.http;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Places for bodies beyond the usual limit. One takes some hundred megabytes once it is parsed, and stays as long as its render
 * waits, so there are few. Thread-safe.
 */
final class LargeBodies {
  private static final int PLACES = 4;

  private final Semaphore places = new Semaphore(PLACES);

  /** One place, given back once, however often that is asked for. Used by the request's thread, which alone decides until when. */
  final class Lease {
    private CompletableFuture<?> until;

    /** @param end of the work that keeps the body */
    void until(CompletableFuture<?> end) {
      until = end;
    }

    /** The request is over; its work may go on. */
    void answered() {
      if (until == null) {
        places.release();
      } else {
        until.whenComplete((result, failure) -> places.release());
      }
    }
  }

  /** @throws ApiException RENDER_QUEUE_FULL */
  Lease take() {
    if (!places.tryAcquire()) {
      throw ApiException.builder(ErrorCode.RENDER_QUEUE_FULL).message("As many large plans as may are being rendered.")
          .detail("queueDepth", PLACES).header("Retry-After", "1").build();
    }
    return new Lease();
  }
}
