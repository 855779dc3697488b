package dev.cantora.daemon.render;

import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.daemon.errors.ApiException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Where jobs wait, run, and are remembered for a while: in this process, or in a cluster. Thread-safe. */
public interface JobQueue {

  /**
   * @throws ApiException SERVER_SHUTDOWN, RENDER_QUEUE_FULL, or CONFLICT for an id that is still known; the job's
   *     reservations are the caller's then
   */
  void submit(RenderJob job);

  /** Refuses early what {@link #submit} would refuse, before anything is prepared. */
  void requireRoom();

  /** Waiting and running jobs. */
  int depth();

  /** Whether a job runs. */
  boolean inFlight();

  /** A job that waits, runs, or ended not long ago. */
  Optional<RenderJob> find(String id);

  /** What was told of a job last. */
  RenderEvent lastEvent(RenderJob job);

  /** Takes it out of the queue, or tells it to stop; empty when it is neither waiting nor running. */
  Optional<CancelledJob.State> cancel(RenderJob job);

  /** Listens from now on, beginning with the last state of every job that is wanted and not over (or asked for by id). */
  JobEvents.Subscription subscribe(Predicate<RenderJob> wanted, boolean alsoFinished);

  /** Whether a job outlives the daemon that accepted it, so that a request sent again may find it. */
  default boolean shared() {
    return false;
  }

  /**
   * Refuses new jobs and lets running ones finish; they are cancelled, or left to others, at the deadline.
   *
   * @return whether all running jobs finished by themselves
   */
  boolean drain(Duration deadline) throws InterruptedException;
}
