package dev.cantora.daemon.cluster;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
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

  /** Every few seconds: somebody may wait for a job. */
  void lookAfter() {
    attempt(() -> {
      board.copies().records().stream().filter(record -> record.acceptedBy().equals(nodes.nodeId()))
          .forEach(record -> board.read(record.jobId()));
      if (nodes.keeper()) {
        endNeverQueued();
      }
    });
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
   * counts as waiting until it is gone.
   */
  void reconcile() {
    stream.waiting().forEach((jobId, subject) -> {
      JobRecord record = board.read(jobId).orElse(null);
      if (record == null) {
        stream.accepted(subject).ifPresent(this::remember);
      } else if (record.state().terminal()) {
        stream.remove(record);
      }
    });
  }

  private void remember(JobRecord accepted) {
    if (board.restore(accepted).isEmpty()) {
      stream.remove(accepted);
    } else {
      LOG.atInfo().addKeyValue("jobId", accepted.jobId()).log("cluster_job_remembered");
    }
  }

  /**
   * A record that says queued without a message: its node died, or lost the connection, before the job was queued. Who waits for it
   * may send it again.
   */
  void endNeverQueued() {
    List<JobRecord> old = board.copies().records().stream().filter(record -> record.state() == JobRecord.State.QUEUED
        && clock.millis() - record.acceptedMs() > ORPHANED.toMillis()).toList();
    Set<String> waiting = old.isEmpty() ? Set.of() : stream.waiting().keySet();
    for (JobRecord record : old) {
      if (!waiting.contains(record.jobId()) && !stream.holds(record)) {
        board.move(record.jobId(), now -> now.state() != JobRecord.State.QUEUED ? null
            : now.failed(new ApiException(ErrorCode.CLUSTER_UNAVAILABLE, "The render was lost before it was queued.")));
        bank.adopt(record.named(), record.creditBytes()).close();
      }
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
