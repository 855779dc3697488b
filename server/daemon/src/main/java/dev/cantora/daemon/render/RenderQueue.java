package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.api.model.RenderProgressed;
import dev.cantora.api.model.RenderQueued;
import dev.cantora.api.model.RenderStarted;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.telemetry.Metrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.MDC;

/**
 * Jobs, first come first served, several at once. Depth counts waiting and running ones. Finished jobs are remembered for a
 * while, so that whoever asks late still learns how they ended.
 */
public final class RenderQueue implements JobQueue {
  private static final int REMEMBERED = 1000;

  private final int maxDepth;
  private final JobLog log;
  private final JobEvents events;
  private final Deque<RenderJob> waiting = new ArrayDeque<>();
  private final Map<String, RenderJob> running = new LinkedHashMap<>();
  private final Map<String, RenderJob> known = new LinkedHashMap<>();
  private final List<Thread> workers = new ArrayList<>();
  /** Jobs that have ended, of which somebody is being told. */
  private int telling;
  private boolean draining;

  /** @param parallel jobs that run at once */
  public RenderQueue(int maxDepth, int parallel, Metrics metrics) {
    this(maxDepth, parallel, metrics, new JobEvents());
  }

  /** @param events told of every step, also by others */
  public RenderQueue(int maxDepth, int parallel, Metrics metrics, JobEvents events) {
    this.events = events;
    this.log = new JobLog(metrics);
    this.maxDepth = maxDepth;
    for (int i = 0; i < parallel; i++) {
      workers.add(Thread.ofPlatform().daemon().name("render-job-" + i).start(this::serve));
    }
  }

  @Override
  public synchronized void submit(RenderJob job) {
    requireRoom();
    if (known.containsKey(job.id())) {
      throw ApiException.builder(ErrorCode.CONFLICT).detail("jobId", job.id()).build();
    }
    known.put(job.id(), job);
    waiting.add(job);
    tell(job, new RenderQueued(job.id(), waiting.size()));
    notifyAll();
  }

  @Override
  public synchronized void requireRoom() {
    if (draining) {
      throw new ApiException(ErrorCode.SERVER_SHUTDOWN);
    }
    if (depth() >= maxDepth) {
      throw ApiException.builder(ErrorCode.RENDER_QUEUE_FULL).detail("queueDepth", depth()).header("Retry-After", "1").build();
    }
  }

  @Override
  public synchronized int depth() {
    return waiting.size() + running.size();
  }

  @Override
  public synchronized boolean inFlight() {
    return !running.isEmpty();
  }

  @Override
  public synchronized Optional<RenderJob> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  @Override
  public synchronized RenderEvent lastEvent(RenderJob job) {
    return job.lastEvent();
  }

  @Override
  public Optional<CancelledJob.State> cancel(RenderJob job) {
    synchronized (this) {
      if (running.containsKey(job.id())) {
        job.cancel();
        return Optional.of(CancelledJob.State.RUNNING_FLAGGED);
      }
      if (!waiting.remove(job)) {
        return Optional.empty();
      }
      job.cancel();
    }
    finish(job, null, JobLog.cancelled(job.id()));
    return Optional.of(CancelledJob.State.QUEUED_REMOVED);
  }

  @Override
  public synchronized JobEvents.Subscription subscribe(Predicate<RenderJob> wanted, boolean alsoFinished) {
    JobEvents.Subscription subscription = events.subscribe(wanted);
    for (RenderJob job : known.values()) {
      if (wanted.test(job) && (alsoFinished || !RenderJob.terminal(job.lastEvent()))) {
        subscription.offer(job.id(), job.lastEvent());
      }
    }
    return subscription;
  }

  private void serve() {
    try {
      while (true) {
        run(next());
      }
    } catch (InterruptedException closed) {
      // the queue is closed
    }
  }

  private synchronized RenderJob next() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
    RenderJob job = waiting.poll();
    running.put(job.id(), job);
    tell(job, new RenderStarted(job.id()));
    int position = 1;
    for (RenderJob other : waiting) {
      tell(other, new RenderQueued(other.id(), position++));
    }
    return job;
  }

  private void run(RenderJob job) {
    MDC.put("requestId", job.requestId());
    log.started(job.id());
    try {
      finish(job, job.work().run(new JobProgress(job, progress -> tell(job, new RenderProgressed(job.id(), progress)))), null);
    } catch (Throwable failed) {
      ApiException error = ErrorMapping.map(failed);
      finish(job, null, error.code() == ErrorCode.RENDER_CANCELLED ? JobLog.cancelled(job.id()) : error);
    } finally {
      MDC.remove("requestId");
    }
  }

  private void finish(RenderJob job, QueuedWork.Result result, ApiException error) {
    job.release();
    boolean cancelled = error != null && error.code() == ErrorCode.RENDER_CANCELLED;
    synchronized (this) {
      running.remove(job.id());
      // known by order of their ends: the oldest end is forgotten first
      known.remove(job.id());
      known.put(job.id(), job);
      tell(job, result != null ? new RenderDone(job.id(), result.outcome())
          : cancelled ? new RenderCancelled(job.id())
          : new RenderFailed(job.id(), JobLog.error(error)));
      forgetOldest();
      telling++;
    }
    try {
      log.ended(job.id(), result, error);
      if (result != null) {
        job.result().complete(result);
      } else {
        job.result().completeExceptionally(error);
      }
    } finally {
      synchronized (this) {
        telling--;
        notifyAll();
      }
    }
  }

  private void forgetOldest() {
    var jobs = known.values().iterator();
    int tooMany = known.size() - waiting.size() - running.size() - REMEMBERED;
    while (tooMany > 0 && jobs.hasNext()) {
      if (RenderJob.terminal(jobs.next().lastEvent())) {
        jobs.remove();
        tooMany--;
      }
    }
  }

  private synchronized void tell(RenderJob job, RenderEvent event) {
    job.lastEvent(event);
    events.publish(job, event);
  }

  /** Those that wait fail with SERVER_SHUTDOWN. */
  @Override
  public boolean drain(Duration deadline) throws InterruptedException {
    List<RenderJob> dropped;
    synchronized (this) {
      draining = true;
      dropped = new ArrayList<>(waiting);
      waiting.clear();
    }
    dropped.forEach(job -> finish(job, null, new ApiException(ErrorCode.SERVER_SHUTDOWN)));
    boolean finished = awaitIdle(deadline);
    if (!finished) {
      synchronized (this) {
        running.values().forEach(RenderJob::cancel);
      }
      awaitIdle(Duration.ofSeconds(2));
    }
    workers.forEach(Thread::interrupt);
    events.closeAll();
    return finished;
  }

  private synchronized boolean awaitIdle(Duration deadline) throws InterruptedException {
    long endNs = System.nanoTime() + deadline.toNanos();
    while (!running.isEmpty() || telling > 0) {
      long leftMs = (endNs - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }
}
