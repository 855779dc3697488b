package dev.cantora.daemon.cluster;

import dev.cantora.api.model.RenderCancelled;
import dev.cantora.api.model.RenderDone;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.api.model.RenderProgress;
import dev.cantora.api.model.RenderProgressed;
import dev.cantora.api.model.RenderQueued;
import dev.cantora.api.model.RenderStarted;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.render.JobEvents;
import dev.cantora.daemon.render.JobLog;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.RenderJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * This node's copies of the cluster's jobs, as they were heard last, and what its listeners are told of them. Jobs of other
 * nodes look like the node's own. Thread-safe.
 */
final class JobCopies {
  private static final int MOST_ENDED = 1000;

  private final JobEvents events;
  private final Map<String, Seen> open = new LinkedHashMap<>();
  private final Map<String, Seen> ended = new LinkedHashMap<>();

  /** A job and its record as it was heard last. */
  private static final class Seen {
    private final RenderJob job;
    private JobRecord record;
    private long revision;
    private long heardNs;

    private Seen(RenderJob job, JobRecord record, long revision) {
      this.job = job;
      this.record = record;
      this.revision = revision;
    }
  }

  /** @param events shared with the node's own queue */
  JobCopies(JobEvents events) {
    this.events = events;
  }

  /** A record was heard. @param own the job if it is one that this node is just writing down, or null */
  void see(JobRecord record, long revision, RenderJob own) {
    RenderJob over = null;
    synchronized (this) {
      Seen seen = find(record.jobId()).orElse(null);
      if (seen != null && seen.revision >= revision) {
        return;
      }
      if (seen == null) {
        seen = new Seen(own != null ? own : new RenderJob(record.jobId(), record.requestId(), record.owner(), List.of(), null, null),
            record, revision);
        open.put(record.jobId(), seen);
      }
      JobRecord.State before = seen.job.lastEvent() == null ? null : seen.record.state();
      seen.record = record;
      seen.revision = revision;
      seen.heardNs = System.nanoTime();
      if (record.cancelling()) {
        seen.job.cancel();
      }
      if (before != record.state()) {
        tell(seen.job, event(seen.job, record));
        if (record.state().terminal()) {
          end(seen);
          over = seen.job;
        }
        tellPositions();
        notifyAll();
      }
    }
    if (over != null) {
      complete(over, record);
    }
  }

  /** A job was not queued after all, and nothing is known of it any more; whoever waits for it may send it again. */
  void withdrawn(String jobId, long revision) {
    ApiException refused = ClusterLink.unavailable(null);
    RenderJob job;
    synchronized (this) {
      Seen seen = open.get(jobId);
      if (seen == null || seen.revision >= revision) {
        return;
      }
      open.remove(jobId);
      job = seen.job;
      tell(job, new RenderFailed(jobId, JobLog.error(refused)));
      tellPositions();
      notifyAll();
    }
    job.letGo();
    job.result().completeExceptionally(refused);
  }

  private void end(Seen seen) {
    open.remove(seen.job.id());
    ended.put(seen.job.id(), seen);
    if (ended.size() > MOST_ENDED) {
      ended.remove(ended.keySet().iterator().next());
    }
  }

  private Optional<Seen> find(String jobId) {
    return Optional.ofNullable(open.getOrDefault(jobId, ended.get(jobId)));
  }

  private RenderEvent event(RenderJob job, JobRecord record) {
    return switch (record.state()) {
      case QUEUED -> new RenderQueued(job.id(), position(job.id()));
      case RUNNING -> new RenderStarted(job.id());
      case DONE -> new RenderDone(job.id(), record.outcome());
      case FAILED -> new RenderFailed(job.id(), JobLog.error(record.failure().exception()));
      case CANCELLED -> new RenderCancelled(job.id());
    };
  }

  private static void complete(RenderJob job, JobRecord record) {
    job.letGo();
    if (record.state() == JobRecord.State.DONE) {
      job.result().complete(new QueuedWork.Result(record.outcome(), record.meta()));
    } else {
      job.result().completeExceptionally(record.failure().exception());
    }
  }

  private int position(String jobId) {
    int position = 1;
    for (Seen other : waiting()) {
      if (other.job.id().equals(jobId)) {
        break;
      }
      position++;
    }
    return position;
  }

  private List<Seen> waiting() {
    return open.values().stream().filter(seen -> seen.record.state() == JobRecord.State.QUEUED)
        .sorted(Comparator.comparingLong(seen -> seen.record.acceptedMs())).toList();
  }

  private void tellPositions() {
    int position = 1;
    for (Seen seen : waiting()) {
      if (seen.job.lastEvent() instanceof RenderQueued told && told.position() != position) {
        tell(seen.job, new RenderQueued(seen.job.id(), position));
      }
      position++;
    }
  }

  private void tell(RenderJob job, RenderEvent event) {
    job.lastEvent(event);
    events.publish(job, event);
  }

  synchronized void progressed(RenderProgress now) {
    Seen seen = open.get(now.jobId());
    if (seen != null && seen.record.state() == JobRecord.State.RUNNING) {
      tell(seen.job, new RenderProgressed(now.jobId(), now));
    }
  }

  /** A job that is known here. */
  synchronized Optional<RenderJob> job(String jobId) {
    return find(jobId).map(seen -> seen.job);
  }

  synchronized RenderEvent lastEvent(RenderJob job) {
    return job.lastEvent();
  }

  /** Jobs waiting and running, in the whole cluster. */
  synchronized int depth() {
    return open.size();
  }

  /** What is not over. */
  synchronized List<JobRecord> records() {
    return open.values().stream().map(seen -> seen.record).toList();
  }

  /** Ids of those that are not over and of which nothing was heard for so long. */
  synchronized List<String> untouchedFor(Duration silence) {
    long now = System.nanoTime();
    return open.values().stream().filter(seen -> now - seen.heardNs > silence.toNanos()).map(seen -> seen.job.id()).toList();
  }

  synchronized List<RenderJob> jobs() {
    return open.values().stream().map(seen -> seen.job).toList();
  }

  /** Tells a listener how things stand. */
  synchronized void tellKnown(JobEvents.Subscription subscription, Predicate<RenderJob> wanted, boolean alsoFinished) {
    List<Seen> all = new ArrayList<>(open.values());
    if (alsoFinished) {
      all.addAll(ended.values());
    }
    all.stream().filter(seen -> wanted.test(seen.job)).forEach(seen -> subscription.offer(seen.job.id(), seen.job.lastEvent()));
  }

  /** Ends all waiting for a change. */
  synchronized void wake() {
    notifyAll();
  }

  /** Waits until something changes, or not for longer than that. */
  synchronized void awaitChange(long timeoutMs) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedWait(this, timeoutMs);
  }
}
