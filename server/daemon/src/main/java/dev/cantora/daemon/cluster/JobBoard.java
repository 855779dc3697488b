package dev.cantora.daemon.cluster;

import dev.cantora.api.model.RenderProgress;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.JobEvents;
import dev.cantora.daemon.render.RenderJob;
import io.nats.client.Dispatcher;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every job of the cluster: its record in the job bucket, changed by compare-and-set, and this node's {@link JobCopies},
 * which a watch keeps up to date, so that any node can show, stream and cancel any job. Thread-safe.
 */
final class JobBoard implements AutoCloseable {
  static final String BUCKET = "cantora-jobs";
  private static final Logger LOG = LoggerFactory.getLogger(JobBoard.class);
  /** In so many parts of the time: a node that has just come does not know how old a record is, and still is not late. */
  private static final int RENEWALS = 4;
  private static final String PROGRESS = "cantora.progress.";

  private final ClusterLink link;
  private final Duration remembered;
  private final Bucket bucket;
  private final JobCopies copies;
  /** Jobs of this node whose record is being written. */
  private final Map<String, RenderJob> own = new ConcurrentHashMap<>();
  private final Dispatcher progress;
  private final AutoCloseable watch;

  /** @param events shared with the node's own queue @param remembered how long after its end a job is known */
  JobBoard(ClusterLink link, JobEvents events, Duration remembered) {
    this.link = link;
    this.remembered = remembered;
    this.copies = new JobCopies(events);
    this.bucket = Bucket.open(link, BUCKET, remembered);
    this.progress = link.connection().createDispatcher(message ->
        copies.progressed(Json.bind(Json.parse(message.getData()), RenderProgress.class)));
    progress.subscribe(PROGRESS + "*");
    this.watch = bucket.watch(this::hear);
  }

  /** The jobs as they were heard last. */
  JobCopies copies() {
    return copies;
  }

  private void hear(Bucket.Entry entry) {
    if (entry.value() == null) {
      copies.withdrawn(entry.key(), entry.revision());
    } else {
      try {
        see(JobRecord.read(entry.value()), entry.revision());
      } catch (RuntimeException unreadable) {
        LOG.atWarn().addKeyValue("jobId", entry.key()).setCause(unreadable).log("cluster_job_unreadable");
      }
    }
  }

  private void see(JobRecord record, long revision) {
    copies.see(record, revision, own.get(record.jobId()));
  }

  /** @param job of this node @return whether the job is new to the cluster */
  boolean create(JobRecord record, RenderJob job) {
    own.put(record.jobId(), job);
    try {
      return create(record);
    } finally {
      own.remove(record.jobId(), job);
    }
  }

  /** For a job that is not this node's. @return whether it is new to the cluster */
  boolean create(JobRecord record) {
    long revision = bucket.create(record.jobId(), record.written());
    if (revision != 0) {
      see(record, revision);
    }
    return revision != 0;
  }

  /** Forgets a job that could not be queued; the other nodes hear of it. */
  void withdraw(JobRecord record) {
    bucket.delete(record.jobId());
    copies.withdrawn(record.jobId(), Long.MAX_VALUE);
  }

  /** Writes down a job again that was forgotten. @return its record, whoever wrote it; empty when it was withdrawn */
  Optional<JobRecord> restore(JobRecord accepted) {
    if (bucket.isBlank(accepted.jobId())) {
      create(accepted);
    }
    return read(accepted.jobId());
  }

  /** The bucket forgets what is not written for long, also jobs that wait or run for long: those are written again. */
  void renew() {
    copies.untouchedFor(remembered.dividedBy(RENEWALS)).forEach(jobId -> move(jobId, now -> now.state().terminal() ? null : now));
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

  /** Told to all nodes; lost when a node does not listen just then. */
  void progress(RenderProgress now) {
    try {
      link.connection().publish(PROGRESS + now.jobId(), Json.bytes(now));
    } catch (IllegalStateException away) {
      // progress is not worth waiting for
    }
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
