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
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.JobEvents;
import dev.cantora.daemon.render.JobLog;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.RenderJob;
import io.nats.client.Dispatcher;
import io.nats.client.api.StorageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every job of the cluster as this node sees it: a copy of the job bucket that a watch keeps up to date, and the listeners of
 * this node. Jobs of other nodes look like the node's own, so that any node can show, stream and cancel them. Thread-safe.
 */
final class JobBoard implements AutoCloseable {
  static final String BUCKET = "cantora-jobs";
  private static final Logger LOG = LoggerFactory.getLogger(JobBoard.class);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST_ENDED = 1000;
  private static final String PROGRESS = "cantora.progress.";

  private final ClusterLink link;
  private final Bucket bucket;
  private final JobEvents events;
  /** Jobs of this node whose record is being written. */
  private final Map<String, RenderJob> own = new ConcurrentHashMap<>();
  private final Map<String, Seen> open = new LinkedHashMap<>();
  private final Map<String, Seen> ended = new LinkedHashMap<>();
  private final Dispatcher progress;
  private final AutoCloseable watch;

  /** A job and its record as it was heard last. */
  static final class Seen {
    private final RenderJob job;
    private JobRecord record;
    private long revision;

    private Seen(RenderJob job, JobRecord record, long revision) {
      this.job = job;
      this.record = record;
      this.revision = revision;
    }

    RenderJob job() {
      return job;
    }

    JobRecord record() {
      return record;
    }
  }

  /** @param events shared with the node's own queue */
  JobBoard(ClusterLink link, JobEvents events) {
    this.link = link;
    this.events = events;
    this.bucket = Bucket.open(link, BUCKET, StorageType.File, REMEMBERED);
    this.progress = link.connection().createDispatcher(message ->
        progressed(Json.bind(Json.parse(message.getData()), RenderProgress.class)));
    progress.subscribe(PROGRESS + "*");
    this.watch = bucket.watch(this::hear);
  }

  private void hear(Bucket.Entry entry) {
    if (entry.value() != null) {
      try {
        see(JobRecord.read(entry.value()), entry.revision());
      } catch (RuntimeException unreadable) {
        LOG.atWarn().addKeyValue("jobId", entry.key()).setCause(unreadable).log("cluster_job_unreadable");
      }
    }
  }

  /** @return whether the job is new to the cluster */
  boolean create(JobRecord record, RenderJob job) {
    own.put(record.jobId(), job);
    try {
      long revision = bucket.create(record.jobId(), record.written());
      if (revision != 0) {
        see(record, revision);
      }
      return revision != 0;
    } finally {
      own.remove(record.jobId(), job);
    }
  }

  /** Forgets a job that could not be queued. */
  void withdraw(JobRecord record) {
    bucket.delete(record.jobId());
    synchronized (this) {
      open.remove(record.jobId());
    }
  }

  /** The job's record now, straight from the cluster. */
  Optional<JobRecord> read(String jobId) {
    Optional<Bucket.Entry> entry = bucket.get(jobId);
    entry.ifPresent(this::hear);
    return entry.map(found -> JobRecord.read(found.value()));
  }

  /**
   * Moves a job on, as long as the step wants to.
   *
   * @param step from the record as it is to the next one; null leaves it
   * @return the record afterwards; empty when there is none
   */
  Optional<JobRecord> move(String jobId, UnaryOperator<JobRecord> step) {
    while (true) {
      Optional<Bucket.Entry> now = bucket.get(jobId);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      JobRecord record = JobRecord.read(now.get().value());
      JobRecord next = step.apply(record);
      if (next == null) {
        return Optional.of(record);
      }
      long revision = bucket.update(jobId, next.written(), now.get().revision());
      if (revision != 0) {
        see(next, revision);
        return Optional.of(next);
      }
    }
  }

  private void see(JobRecord record, long revision) {
    RenderJob over = null;
    synchronized (this) {
      Seen seen = find(record.jobId()).orElse(null);
      if (seen != null && seen.revision >= revision) {
        return;
      }
      if (seen == null) {
        RenderJob mine = own.get(record.jobId());
        seen = new Seen(mine != null ? mine : new RenderJob(record.jobId(), record.requestId(), record.owner(), List.of(), null, null),
            record, revision);
        open.put(record.jobId(), seen);
      }
      JobRecord.State before = seen.job.lastEvent() == null ? null : seen.record.state();
      seen.record = record;
      seen.revision = revision;
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

  /** Told to all nodes; lost when a node does not listen just then. */
  void progress(RenderProgress now) {
    try {
      link.connection().publish(PROGRESS + now.jobId(), Json.bytes(now));
    } catch (IllegalStateException away) {
      // progress is not worth waiting for
    }
  }

  private synchronized void progressed(RenderProgress now) {
    Seen seen = open.get(now.jobId());
    if (seen != null && seen.record.state() == JobRecord.State.RUNNING) {
      tell(seen.job, new RenderProgressed(now.jobId(), now));
    }
  }

  /** A job that is known here. */
  synchronized Optional<RenderJob> job(String jobId) {
    return find(jobId).map(Seen::job);
  }

  synchronized RenderEvent lastEvent(RenderJob job) {
    return job.lastEvent();
  }

  /** Jobs waiting and running, in the whole cluster. */
  synchronized int depth() {
    return open.size();
  }

  /** Copies of what is not over. */
  synchronized List<JobRecord> records() {
    return new ArrayList<>(open.values().stream().map(Seen::record).toList());
  }

  synchronized List<RenderJob> jobs() {
    return open.values().stream().map(Seen::job).toList();
  }

  synchronized boolean running(String node) {
    return open.values().stream().anyMatch(seen -> node.equals(seen.record.node()) && seen.record.state() == JobRecord.State.RUNNING);
  }

  /** Tells a listener how things stand. */
  synchronized void tellKnown(JobEvents.Subscription subscription, Predicate<RenderJob> wanted, boolean alsoFinished) {
    List<Seen> all = new ArrayList<>(open.values());
    if (alsoFinished) {
      all.addAll(ended.values());
    }
    all.stream().filter(seen -> wanted.test(seen.job)).forEach(seen -> subscription.offer(seen.job.id(), seen.job.lastEvent()));
  }

  /** Waits until something changes, or not for longer than that. */
  synchronized void awaitChange(long timeoutMs) throws InterruptedException {
    TimeUnit.MILLISECONDS.timedWait(this, timeoutMs);
  }

  @Override
  public void close() {
    try {
      link.connection().closeDispatcher(progress);
    } catch (RuntimeException closedAlready) {
      LOG.debug("cluster_closing", closedAlready);
    }
    Closing.quietly(watch);
  }

  /** Whether an error means that the job may still succeed elsewhere. */
  static boolean ofThisNode(ApiException error) {
    return error.code() == dev.cantora.api.ErrorCode.CLUSTER_UNAVAILABLE;
  }
}
