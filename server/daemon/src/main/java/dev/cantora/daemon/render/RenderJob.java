package dev.cantora.daemon.render;

import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One render, or other work that ends in the bank, on its way through the queue. The queue's lock guards its last event. */
final class RenderJob {

  private final String id;
  private final String requestId;
  private final Principal owner;
  private final List<Reservation> reservations;
  private final QueuedWork work;
  private final CompletableFuture<QueuedWork.Result> result = new CompletableFuture<>();
  private volatile boolean cancelled;
  private RenderEvent lastEvent;

  /** @param reservations what it may fill; given back when it ends */
  RenderJob(String id, String requestId, Principal owner, List<Reservation> reservations, QueuedWork work) {
    this.id = id;
    this.requestId = requestId;
    this.owner = owner;
    this.reservations = List.copyOf(reservations);
    this.work = work;
  }

  String id() {
    return id;
  }

  String requestId() {
    return requestId;
  }

  Principal owner() {
    return owner;
  }

  QueuedWork work() {
    return work;
  }

  void release() {
    reservations.forEach(Reservation::close);
  }

  /** Done once the render is stored, or failed with an ApiException. */
  CompletableFuture<QueuedWork.Result> result() {
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
