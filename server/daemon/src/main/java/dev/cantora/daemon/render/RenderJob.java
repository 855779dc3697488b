package dev.cantora.daemon.render;

import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.security.Principal;
import java.util.concurrent.CompletableFuture;

/** One render on its way through the queue. The queue's lock guards its last event. */
final class RenderJob {

  /** What became of it. */
  record Result(RenderOutcome outcome, RenderMeta meta) {}

  private final String id;
  private final String requestId;
  private final RenderOrder order;
  private final Reservation reservation;
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private volatile boolean cancelled;
  private RenderEvent lastEvent;

  RenderJob(String id, String requestId, RenderOrder order, Reservation reservation) {
    this.id = id;
    this.requestId = requestId;
    this.order = order;
    this.reservation = reservation;
  }

  String id() {
    return id;
  }

  String requestId() {
    return requestId;
  }

  RenderOrder order() {
    return order;
  }

  Reservation reservation() {
    return reservation;
  }

  Principal owner() {
    return order.owner();
  }

  /** Done once the render is stored, or failed with an ApiException. */
  CompletableFuture<Result> result() {
    return result;
  }

  boolean cancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  RenderEvent lastEvent() {
    return lastEvent;
  }

  void lastEvent(RenderEvent event) {
    lastEvent = event;
  }

  static boolean terminal(RenderEvent event) {
    return event instanceof RenderDone || event instanceof RenderFailed || event instanceof RenderCancelled;
  }
}
