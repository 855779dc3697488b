package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.security.Principal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One render, or other work that ends in the bank, on its way through the queue. The queue's lock guards its last event. */
public final class RenderJob {

  private final String id;
  private final String requestId;
  private final Principal owner;
  private final List<Reservation> reservations;
  private volatile QueuedWork work;
  private volatile Order order;
  private final CompletableFuture<QueuedWork.Result> result = new CompletableFuture<>();
  private volatile boolean cancelled;
  private final AtomicInteger waiters = new AtomicInteger();
  private RenderEvent lastEvent;

  /**
   * What a job can be made again from, on another node.
   *
   * @param body of the request, valid
   * @param keep true for an id of its own, false for the owner's {@code last} slot
   * @param voiceHash content of the voice it was accepted with
   */
  public record Order(JsonNode body, boolean keep, String voiceHash) {}

  /** @param reservations what it may fill; given back when it ends */
  RenderJob(String id, String requestId, Principal owner, List<Reservation> reservations, QueuedWork work) {
    this(id, requestId, owner, reservations, work, null);
  }

  /** @param work null for a job of another node @param order null for work that only this node can do */
  public RenderJob(String id, String requestId, Principal owner, List<Reservation> reservations, QueuedWork work, Order order) {
    this.id = id;
    this.requestId = requestId;
    this.owner = owner;
    this.reservations = List.copyOf(reservations);
    this.work = work;
    this.order = order;
  }

  public String id() {
    return id;
  }

  public String requestId() {
    return requestId;
  }

  public Principal owner() {
    return owner;
  }

  QueuedWork work() {
    return work;
  }

  /** Somebody waits for the end; a daemon that stops gives it time. @param more 1, or -1 when it is over */
  void waiting(int more) {
    waiters.addAndGet(more);
  }

  public boolean awaited() {
    return waiters.get() > 0;
  }

  /** Null for work that only this node can do, and for a job that has ended. */
  public Order order() {
    return order;
  }

  public List<Reservation> reservations() {
    return reservations;
  }

  /** At its end: gives back what it did not fill. */
  void release() {
    reservations.forEach(Reservation::close);
    letGo();
  }

  /** A job is remembered for long after its end, what it was made from is not: a score may take megabytes. */
  public void letGo() {
    work = null;
    order = null;
  }

  /** Done once the render is stored, or failed with an ApiException. */
  public CompletableFuture<QueuedWork.Result> result() {
    return result;
  }

  public boolean cancelled() {
    return cancelled;
  }

  public void cancel() {
    cancelled = true;
  }

  public RenderEvent lastEvent() {
    return lastEvent;
  }

  public void lastEvent(RenderEvent event) {
    lastEvent = event;
  }

  public static boolean terminal(RenderEvent event) {
    return event instanceof RenderDone || event instanceof RenderFailed || event instanceof RenderCancelled;
  }
}
