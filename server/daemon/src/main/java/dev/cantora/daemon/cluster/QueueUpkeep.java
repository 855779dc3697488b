package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is known of jobs and what is to be done together again, where a missed message, or a node that died between two
 * steps, left them apart. For one thread.
 */
final class QueueUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(QueueUpkeep.class);
  private static final Duration ORPHANED = Duration.ofMinutes(1);

  private final Nodes nodes;
  private final JobBoard board;
  private final WorkStream stream;
  private final JetStreamBank bank;
  private final InstantSource clock;

  QueueUpkeep(Nodes nodes, JobBoard board, WorkStream stream, JetStreamBank bank, InstantSource clock) {
    this.nodes = nodes;
    this.board = board;
    this.stream = stream;
    this.bank = bank;
    this.clock = clock;
  }

  /** Every few seconds: somebody may wait for jobs that this node accepted. */
  void lookAfter() {
    attempt(() -> board.copies().records().stream().filter(record -> record.acceptedBy().equals(nodes.nodeId()))
        .forEach(record -> board.read(record.jobId())));
  }

  /** Every minute; does something on one node only. */
  void tidy() {
    attempt(() -> {
      if (nodes.keeper()) {
        board.renew();
        reconcile();
        stream.sweepBodies(jobId -> board.read(jobId).filter(record -> !record.state().terminal()).isPresent(),
            clock.instant().minus(ORPHANED));
      }
    });
  }

  /**
   * A message without a record is a job that all nodes forgot because they were away; one whose job is over, or was withdrawn,
   * counts as waiting until it is gone. A record that says queued without a message is a job that was never queued.
   */
  void reconcile() {
    Map<String, String> waiting = stream.waiting();
    board.copies().records().stream().filter(record -> !waiting.containsKey(record.jobId())).forEach(this::endUnlessQueued);
    waiting.forEach((jobId, subject) -> {
      JobRecord record = board.read(jobId).orElse(null);
      if (record == null) {
        stream.accepted(subject).ifPresent(this::remember);
      } else if (record.state().terminal()) {
        stream.remove(record);
      }
    });
  }

  private void endUnlessQueued(JobRecord record) {
    boolean old = clock.millis() - record.acceptedMs() > ORPHANED.toMillis();
    if (record.state() == JobRecord.State.QUEUED && old && !stream.holds(record)) {
      board.move(record.jobId(), now -> now.state() != JobRecord.State.QUEUED ? null
          : now.failed(new ApiException(ErrorCode.INTERNAL_ERROR, "The render could not be queued.")));
      bank.adopt(record.named(), record.creditBytes()).close();
    }
  }

  private void remember(JobRecord accepted) {
    if (board.restore(accepted).isEmpty()) {
      stream.remove(accepted);
    } else {
      LOG.atInfo().addKeyValue("jobId", accepted.jobId()).log("cluster_job_remembered");
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException later) {
      LOG.atWarn().setCause(later).log("cluster_upkeep_failed");
    }
  }
}
