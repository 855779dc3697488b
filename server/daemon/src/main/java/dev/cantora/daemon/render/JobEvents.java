package dev.cantora.daemon.render;

import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderProgressed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Hands events of jobs to whoever listens, without ever waiting for a listener. */
public final class JobEvents {
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  public void publish(RenderJob job, RenderEvent event) {
    for (Subscription subscription : subscriptions) {
      if (subscription.wanted.test(job)) {
        subscription.offer(job.id(), event);
      }
    }
  }

  public Subscription subscribe(Predicate<RenderJob> wanted) {
    Subscription subscription = new Subscription(wanted);
    subscriptions.add(subscription);
    return subscription;
  }

  public void closeAll() {
    subscriptions.forEach(Subscription::close);
  }

  /** One listener's events, in order. A slow listener loses progress in between, never a change of state. */
  public final class Subscription implements AutoCloseable {
    private static final int MAX_WAITING = 10_000;

    private final Predicate<RenderJob> wanted;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean closed;

    private record Waiting(String jobId, RenderEvent event) {}

    private Subscription(Predicate<RenderJob> wanted) {
      this.wanted = wanted;
    }

    public synchronized void offer(String jobId, RenderEvent event) {
      if (event instanceof RenderProgressed) {
        waiting.removeIf(old -> old.jobId.equals(jobId) && old.event instanceof RenderProgressed);
      }
      if (waiting.size() >= MAX_WAITING) {
        closed = true; // it stopped reading long ago
      }
      waiting.add(new Waiting(jobId, event));
      notifyAll();
    }

    /** The next event, null when none came in time or the subscription is closed. */
    synchronized RenderEvent poll(long timeoutMs) throws InterruptedException {
      long endNs = System.nanoTime() + timeoutMs * 1_000_000;
      while (waiting.isEmpty() && !closed) {
        long leftMs = (endNs - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          return null;
        }
        wait(leftMs);
      }
      return waiting.isEmpty() ? null : waiting.poll().event;
    }

    synchronized boolean closed() {
      return closed && waiting.isEmpty();
    }

    @Override
    public void close() {
      subscriptions.remove(this);
      synchronized (this) {
        closed = true;
        notifyAll();
      }
    }
  }
}
