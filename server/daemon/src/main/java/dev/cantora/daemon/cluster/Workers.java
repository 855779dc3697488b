package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.JobLog;
import dev.cantora.daemon.render.JobProgress;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.RenderJob;
import dev.cantora.daemon.render.Rendering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Takes jobs from the cluster and makes them. A job is acknowledged after its result is stored and its end is written down;
 * until then the node says again and again that it is alive, and when it falls silent another node gets the job.
 */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  /** A job that ended this many nodes is not given to another one. */
  static final int MOST_DELIVERIES = 5;
  private static final long IDLE_MS = 500;
  private static final int BEATS_PER_WAIT = 3;

  private final JobBoard board;
  private final WorkStream stream;
  private final JetStreamBank bank;
  private final Rendering rendering;
  private final Turns turns;
  private final JobLog log;
  private final String nodeId;
  private final long beatMs;
  private final Map<String, WorkStream.Delivery> held = new ConcurrentHashMap<>();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-job-beat").factory());
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean draining;
  private volatile boolean giveUp;

  Workers(JobBoard board, WorkStream stream, JetStreamBank bank, Rendering rendering, JobLog log, String nodeId, Duration ackWait,
      int parallel) {
    this.board = board;
    this.stream = stream;
    this.bank = bank;
    this.rendering = rendering;
    this.turns = new Turns(board.copies());
    this.log = log;
    this.nodeId = nodeId;
    this.beatMs = ackWait.toMillis() / BEATS_PER_WAIT;
    for (int i = 0; i < parallel; i++) {
      threads.add(Thread.ofPlatform().daemon().name("cluster-job-" + i).start(this::serve));
    }
  }

  private void serve() {
    WorkStream.Taker taker = stream.taker();
    while (!draining) {
      try {
        Optional<WorkStream.Delivery> job = take(taker);
        if (job.isPresent()) {
          handle(job.get());
        } else {
          board.copies().awaitChange(IDLE_MS);
        }
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException failed) {
        LOG.atWarn().setCause(failed).log("cluster_worker_failed");
      }
    }
  }

  private Optional<WorkStream.Delivery> take(WorkStream.Taker taker) throws InterruptedException {
    for (String lane : turns.order()) {
      Optional<WorkStream.Delivery> job = draining ? Optional.empty() : taker.next(lane);
      if (job.isPresent()) {
        turns.served(lane);
        return job;
      }
    }
    return Optional.empty();
  }

  private void handle(WorkStream.Delivery delivery) {
    held.put(delivery.jobId(), delivery);
    ScheduledFuture<?> beat = beats.scheduleAtFixedRate(() -> stream.alive(delivery), beatMs, beatMs, TimeUnit.MILLISECONDS);
    try {
      if (finish(delivery)) {
        stream.acknowledge(delivery);
      } else {
        stream.giveBack(delivery);
      }
    } catch (RuntimeException away) {
      // not acknowledged, so it comes again
      LOG.atWarn().addKeyValue("jobId", delivery.jobId()).setCause(away).log("cluster_job_not_finished");
    } finally {
      beat.cancel(false);
      held.remove(delivery.jobId());
    }
  }

  /** @return whether the job is over; false gives it to another node */
  private boolean finish(WorkStream.Delivery delivery) {
    String jobId = delivery.jobId();
    JobRecord record = begin(delivery).or(() -> Optional.ofNullable(delivery.accepted()).flatMap(board::restore)
        .flatMap(restored -> begin(delivery))).orElse(null);
    if (record == null || record.state().terminal() || !delivery.isOf(record)) {
      return true; // it ended already, and only the acknowledgement was lost; or it was withdrawn
    }
    RenderJob job = board.copies().job(jobId).orElseThrow();
    if (giveUp) {
      job.cancel(); // it came too late to be among those that were told
    }
    ClusterReservation room = bank.adopt(record.named(), record.creditBytes());
    JsonNode body = null;
    QueuedWork.Result result = null;
    ApiException error = null;
    MDC.put("requestId", record.requestId());
    log.started(jobId);
    try {
      body = delivery.body() == null ? null : Json.parse(delivery.body());
      requireFit(delivery, record);
      result = rendering.render(body, record.voiceHash(), record.keep(), record.owner(), room, new JobProgress(job, board::progress));
    } catch (Exception | LinkageError | OutOfMemoryError failed) {
      error = ErrorMapping.map(failed);
    } finally {
      MDC.remove("requestId");
    }
    if (error != null && comesAgain(error)) {
      room.handOver();
      boolean stopped = error.code() == ErrorCode.RENDER_CANCELLED;
      board.move(jobId, now -> now.state().terminal() ? null : stopped ? now.handedBackOnceMore() : now.queuedAgain());
      return false;
    }
    room.close();
    return write(record, result, error, body, job);
  }

  private Optional<JobRecord> begin(WorkStream.Delivery delivery) {
    return board.move(delivery.jobId(), now -> now.state().terminal() || !delivery.isOf(now) ? null : now.running(nodeId));
  }

  private boolean comesAgain(ApiException error) {
    return JobBoard.ofThisNode(error) || error.code() == ErrorCode.RENDER_CANCELLED && giveUp;
  }

  private boolean write(JobRecord begun, QueuedWork.Result result, ApiException error, JsonNode body, RenderJob job) {
    JobRecord written = board.move(begun.jobId(), now -> now.state().terminal() ? null
        : result != null ? now.done(result.meta(), result.outcome()) : now.failed(error)).orElse(null);
    log.ended(begun.jobId(), result, error);
    if (written != null && begun.webhook() && body != null && nodeId.equals(written.node())) {
      rendering.ended(job, body);
    }
    return true;
  }

  /** @throws ApiException for a job that seems to end every node that takes it, or that cannot be read */
  private static void requireFit(WorkStream.Delivery delivery, JobRecord record) {
    if (delivery.delivered() - record.handedBack() > MOST_DELIVERIES) {
      throw new ApiException(ErrorCode.INTERNAL_ERROR,
          "The render was given up: " + MOST_DELIVERIES + " nodes that had it fell silent.");
    }
    if (delivery.body() == null) {
      throw new ApiException(ErrorCode.INTERNAL_ERROR, "The render's score could not be read from the cluster.");
    }
  }

  boolean busy() {
    return !held.isEmpty();
  }

  /** Takes nothing new. */
  void drain() {
    draining = true;
    board.copies().wake();
  }

  /** Whether nothing runs any more, nor is just being taken, and nothing will be. */
  boolean resting() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /** What still runs is stopped and left to the other nodes. */
  void giveUp() {
    giveUp = true;
    held.keySet().forEach(jobId -> board.copies().job(jobId).ifPresent(RenderJob::cancel));
  }

  void close() {
    threads.forEach(Thread::interrupt);
    beats.shutdownNow();
  }
}
