package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.CancelledJob;
import dev.cantora.api.model.RenderEvent;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.JobEvents;
import dev.cantora.daemon.render.JobLog;
import dev.cantora.daemon.render.JobQueue;
import dev.cantora.daemon.render.RenderJob;
import dev.cantora.daemon.render.RenderQueue;
import dev.cantora.daemon.render.Rendering;
import dev.cantora.daemon.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The queue of a cluster: any node accepts a render, any node makes it. Work that only its own node can do (streamed
 * renders, exports of jam tapes) waits in a queue of that node.
 */
final class ClusterQueue implements JobQueue {
  private static final long REFRESH_MS = 2000;
  private static final long POLL_MS = 20;
  private static final long TIDY_MS = 60_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** @param maxDepth jobs waiting and running in the cluster @param parallel jobs that this node runs at once */
  record Settings(int maxDepth, int parallel, Duration ackWait) {}

  private final Nodes nodes;
  private final JetStreamBank bank;
  private final Rendering rendering;
  private final int maxDepth;
  private final JobBoard board;
  private final WorkStream stream;
  private final Workers workers;
  private final RenderQueue local;
  private final InstantSource clock = InstantSource.system();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-jobs").factory());
  private volatile boolean draining;

  ClusterQueue(ClusterLink link, Nodes nodes, JetStreamBank bank, Rendering rendering, Metrics metrics, Settings settings) {
    this.nodes = nodes;
    this.bank = bank;
    this.rendering = rendering;
    this.maxDepth = settings.maxDepth();
    JobEvents events = new JobEvents();
    this.board = new JobBoard(link, events, REMEMBERED);
    this.stream = new WorkStream(link, settings.maxDepth(), settings.ackWait(), Objects.open(link, "cantora-bodies"));
    this.local = new RenderQueue(settings.maxDepth(), settings.parallel(), metrics, events);
    this.workers = new Workers(board, stream, bank, rendering, new JobLog(metrics), nodes.nodeId(), settings.ackWait(),
        settings.parallel());
    metrics.gauge("cluster_jobs_running_here", "Jobs of the cluster that this node runs.", () -> workers.busy() ? 1 : 0);
    QueueUpkeep looking = new QueueUpkeep(nodes, board, stream, bank, clock);
    upkeep.scheduleWithFixedDelay(looking::lookAfter, REFRESH_MS, REFRESH_MS, TimeUnit.MILLISECONDS);
    upkeep.scheduleWithFixedDelay(looking::tidy, TIDY_MS, TIDY_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void submit(RenderJob job) {
    requireRoom();
    RenderJob.Order order = job.order();
    if (order == null) {
      local.submit(job);
      return;
    }
    ClusterReservation room = (ClusterReservation) job.reservations().getFirst();
    JobRecord record = new JobRecord(job.id(), job.owner().id(), job.owner().admin(), job.requestId(), order.keep(),
        room.named().id(), room.named().createdAt(), room.creditBytes(), clock.millis(), nodes.nodeId(),
        order.voiceHash(), order.body().has("webhook"), JobRecord.State.QUEUED, null, 0, false, null, null, null);
    if (!board.create(record, job)) {
      throw ApiException.builder(ErrorCode.CONFLICT).detail("jobId", job.id()).build();
    }
    try {
      stream.add(record, Json.bytes(order.body()));
    } catch (ApiException refused) {
      board.withdraw(record);
      throw refused.code() == ErrorCode.RENDER_QUEUE_FULL ? full() : refused;
    }
    room.handOver();
  }

  private ApiException full() {
    return ApiException.builder(ErrorCode.RENDER_QUEUE_FULL).detail("queueDepth", Math.max(depth(), maxDepth))
        .header("Retry-After", "1").build();
  }

  @Override
  public void requireRoom() {
    if (draining) {
      throw new ApiException(ErrorCode.SERVER_SHUTDOWN);
    }
    if (depth() >= maxDepth) {
      throw full();
    }
  }

  @Override
  public int depth() {
    return board.copies().depth() + local.depth();
  }

  @Override
  public boolean inFlight() {
    return workers.busy() || local.inFlight();
  }

  @Override
  public Optional<RenderJob> find(String id) {
    Optional<RenderJob> known = local.find(id).or(() -> board.copies().job(id));
    return known.isPresent() ? known : board.read(id).flatMap(record -> board.copies().job(id));
  }

  private boolean isLocal(RenderJob job) {
    return local.find(job.id()).isPresent();
  }

  @Override
  public RenderEvent lastEvent(RenderJob job) {
    return isLocal(job) ? local.lastEvent(job) : board.copies().lastEvent(job);
  }

  @Override
  public Optional<CancelledJob.State> cancel(RenderJob job) {
    if (isLocal(job)) {
      return local.cancel(job);
    }
    RenderJob.Order order = job.order();
    CancelledJob.State[] state = new CancelledJob.State[1];
    Optional<JobRecord> record = board.move(job.id(), now -> {
      state[0] = now.state() == JobRecord.State.QUEUED ? CancelledJob.State.QUEUED_REMOVED
          : now.state() == JobRecord.State.RUNNING ? CancelledJob.State.RUNNING_FLAGGED : null;
      return state[0] == null ? null
          : state[0] == CancelledJob.State.RUNNING_FLAGGED ? now.stopping() : now.failed(JobLog.cancelled(job.id()));
    });
    if (record.isPresent() && state[0] == CancelledJob.State.QUEUED_REMOVED) {
      stream.remove(record.get());
      bank.adopt(record.get().named(), record.get().creditBytes()).close();
      if (record.get().webhook() && order != null) {
        rendering.ended(job, order.body());
      }
    }
    return Optional.ofNullable(state[0]);
  }

  @Override
  public JobEvents.Subscription subscribe(Predicate<RenderJob> wanted, boolean alsoFinished) {
    JobEvents.Subscription subscription = local.subscribe(wanted, alsoFinished);
    board.copies().tellKnown(subscription, wanted, alsoFinished);
    return subscription;
  }

  @Override
  public boolean drain(Duration deadline) throws InterruptedException {
    long endNs = System.nanoTime() + deadline.toNanos();
    draining = true;
    workers.drain();
    boolean finished = awaitIdle(endNs);
    if (!finished) {
      workers.giveUp();
      awaitIdle(System.nanoTime() + LAST_WORDS.toNanos());
    }
    // requests of this node whose renders other nodes make
    while (board.copies().jobs().stream().anyMatch(RenderJob::awaited) && System.nanoTime() < endNs) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    boolean localDone = local.drain(Duration.ofNanos(Math.max(0, endNs - System.nanoTime())));
    upkeep.shutdownNow();
    workers.close();
    board.close();
    return finished && localDone;
  }

  private boolean awaitIdle(long endNs) throws InterruptedException {
    while (!workers.resting()) {
      if (System.nanoTime() > endNs) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    return true;
  }
}
