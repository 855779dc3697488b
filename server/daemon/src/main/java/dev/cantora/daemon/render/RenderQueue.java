package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.JobError;
import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.api.model.RenderProgress;
import dev.cantora.api.model.RenderProgressed;
import dev.cantora.api.model.RenderQueued;
import dev.cantora.api.model.RenderStarted;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.telemetry.Metrics;
import dev.cantora.engine.RenderMonitor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Jobs, first come first served, several at once. Depth counts waiting and running ones. Finished jobs are remembered for a
 * while, so that whoever asks late still learns how they ended.
 */
final class RenderQueue {
  private static final Logger LOG = LoggerFactory.getLogger(RenderQueue.class);
  private static final int REMEMBERED = 1000;
  private static final long PROGRESS_INTERVAL_NS = 250_000_000;

  private final int maxDepth;
  private final Metrics metrics;
  private final JobEvents events = new JobEvents();
  private final Deque<RenderJob> waiting = new ArrayDeque<>();
  private final Map<String, RenderJob> running = new LinkedHashMap<>();
  private final Map<String, RenderJob> known = new LinkedHashMap<>();
  private final List<Thread> workers = new ArrayList<>();
  private boolean draining;

  /** @param parallel jobs that run at once */
  RenderQueue(int maxDepth, int parallel, Metrics metrics) {
    this.metrics = metrics;
    this.maxDepth = maxDepth;
    for (int i = 0; i < parallel; i++) {
      workers.add(Thread.ofPlatform().daemon().name("render-job-" + i).start(this::serve));
    }
  }

  /** @throws ApiException SERVER_SHUTDOWN, RENDER_QUEUE_FULL, or CONFLICT for an id that is still known */
  synchronized void submit(RenderJob job) {
    requireRoom();
    if (known.containsKey(job.id())) {
      throw ApiException.builder(ErrorCode.CONFLICT).detail("jobId", job.id()).build();
    }
    known.put(job.id(), job);
    waiting.add(job);
    tell(job, new RenderQueued(job.id(), waiting.size()));
    notifyAll();
  }

  /** Refuses early what {@link #submit} would refuse, before anything is prepared. */
  synchronized void requireRoom() {
    if (draining) {
      throw new ApiException(ErrorCode.SERVER_SHUTDOWN);
    }
    if (depth() >= maxDepth) {
      throw ApiException.builder(ErrorCode.RENDER_QUEUE_FULL).detail("queueDepth", depth()).header("Retry-After", "1").build();
    }
  }

  /** Waiting and running jobs. */
  synchronized int depth() {
    return waiting.size() + running.size();
  }

  synchronized boolean inFlight() {
    return !running.isEmpty();
  }

  /** A job that waits, runs, or ended not long ago. */
  synchronized Optional<RenderJob> find(String id) {
    return Optional.ofNullable(known.get(id));
  }

  /** What was told of a job last. */
  synchronized RenderEvent lastEvent(RenderJob job) {
    return job.lastEvent();
  }

  /** Takes it out of the queue, or tells it to stop; empty when it is neither waiting nor running. */
  Optional<CancelledJob.State> cancel(RenderJob job) {
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
    finish(job, null, cancelled(job));
    return Optional.of(CancelledJob.State.QUEUED_REMOVED);
  }

  /** Listens from now on, beginning with the last state of every job that is wanted and not over (or asked for by id). */
  synchronized JobEvents.Subscription subscribe(Predicate<RenderJob> wanted, boolean alsoFinished) {
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
    LOG.atInfo().addKeyValue("jobId", job.id()).log("render_job_started");
    try {
      finish(job, job.work().run(new Progress(job)), null);
    } catch (Throwable failed) {
      ApiException error = ErrorMapping.map(failed);
      finish(job, null, error.code() == ErrorCode.RENDER_CANCELLED ? cancelled(job) : error);
    } finally {
      MDC.remove("requestId");
    }
  }

  private static ApiException cancelled(RenderJob job) {
    return ApiException.builder(ErrorCode.RENDER_CANCELLED).detail("jobId", job.id()).build();
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
          : new RenderFailed(job.id(), jobError(error)));
      forgetOldest();
      notifyAll();
    }
    log(job, result, error, cancelled);
    if (result != null) {
      job.result().complete(result);
    } else {
      job.result().completeExceptionally(error);
    }
  }

  /** Streams have a code of their own for what has none. */
  private static JobError jobError(ApiException error) {
    return error.code() == ErrorCode.INTERNAL_ERROR
        ? new JobError(ErrorCode.RENDER_FAILED.name(), error.getMessage(), ErrorCode.RENDER_FAILED.hint(Map.of()))
        : new JobError(error.code().name(), error.getMessage(), error.hint());
  }

  private void log(RenderJob job, QueuedWork.Result result, ApiException error, boolean cancelled) {
    if (result != null) {
      metrics.renderJob(Metrics.Outcome.DONE, result.outcome().durationSec(), result.outcome().telemetry().renderTimeMs() / 1000);
      LOG.atInfo().addKeyValue("jobId", job.id()).addKeyValue("durationSec", result.outcome().durationSec())
          .addKeyValue("rtf", result.outcome().telemetry().rtf()).log("render_job_done");
    } else if (cancelled) {
      metrics.renderJob(Metrics.Outcome.CANCELLED, 0, 0);
      LOG.atInfo().addKeyValue("jobId", job.id()).log("render_job_cancelled");
    } else {
      metrics.renderJob(Metrics.Outcome.FAILED, 0, 0);
      LOG.atWarn().addKeyValue("jobId", job.id()).addKeyValue("code", error.code()).setCause(error.getCause())
          .log("render_job_failed");
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

  /**
   * Refuses new jobs, fails those that wait with SERVER_SHUTDOWN, lets running ones finish and cancels them at the deadline.
   *
   * @return whether all running jobs finished by themselves
   */
  boolean drain(Duration deadline) throws InterruptedException {
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
    while (!running.isEmpty()) {
      long leftMs = (endNs - System.nanoTime()) / 1_000_000;
      if (leftMs <= 0) {
        return false;
      }
      wait(leftMs);
    }
    return true;
  }

  /** Progress of one job, told at most four times a second and at the end. */
  private final class Progress implements RenderMonitor {
    private final RenderJob job;
    private final long startNs = System.nanoTime();
    private long lastNs = startNs - PROGRESS_INTERVAL_NS;

    private Progress(RenderJob job) {
      this.job = job;
    }

    @Override
    public void progress(long blocksRendered, long totalBlocks) {
      long now = System.nanoTime();
      boolean complete = blocksRendered >= totalBlocks;
      if (complete || now - lastNs >= PROGRESS_INTERVAL_NS) {
        lastNs = now;
        double fraction = totalBlocks == 0 ? 1 : (double) blocksRendered / totalBlocks;
        tell(job, new RenderProgressed(job.id(),
            new RenderProgress(job.id(), fraction, blocksRendered, totalBlocks, (now - startNs) / 1e6)));
      }
    }

    @Override
    public boolean cancelled() {
      return job.cancelled();
    }
  }
}
