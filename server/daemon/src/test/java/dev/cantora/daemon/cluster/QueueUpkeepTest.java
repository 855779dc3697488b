package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.RenderFailed;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.render.JobEvents;
import dev.cantora.daemon.render.RenderJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of jobs and what is to be done, after nodes were away or died between two steps. */
class QueueUpkeepTest {
  private static final Duration REMEMBERED = Duration.ofSeconds(8);
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @TempDir
  Path temp;
  private NatsServers nats;
  private ClusterLink link;
  private Nodes nodes;
  private JobBoard board;
  private WorkStream stream;
  private JetStreamBank bank;
  private QueueUpkeep upkeep;

  @BeforeEach
  void start() {
    nats = NatsServers.start(temp.resolve("nats"), 1);
    link = nats.link("test");
    nodes = new Nodes(link, "one", "2.0.0");
    board = new JobBoard(link, new JobEvents(), REMEMBERED);
    stream = new WorkStream(link, 6, Duration.ofSeconds(10), Objects.open(link, "cantora-bodies"));
    bank = new JetStreamBank(link, new JetStreamBank.Settings(temp.resolve("bank"), 0, new Account.Limits(1000, 1000), "one"),
        InstantSource.system());
    upkeep = new QueueUpkeep(nodes, board, stream, bank, InstantSource.system());
  }

  @AfterEach
  void stop() {
    bank.close();
    board.close();
    nodes.close();
    link.close();
    nats.close();
  }

  private static JobRecord job(String jobId) {
    return new JobRecord(jobId, "ann", false, "request", false, "render-" + jobId, "2026-01-01T00:00:00.000Z", 0,
        Instant.now().toEpochMilli(), "one", "voice", false, JobRecord.State.QUEUED, null, 0, false, null, null, null);
  }

  private JobRecord accept(String jobId) {
    JobRecord job = job(jobId);
    assertThat(board.create(job)).isTrue();
    stream.add(job, BODY);
    return job;
  }

  /** As the bucket does after an hour: not even a mark that it was deleted is left. */
  private void expire(JobRecord job) throws Exception {
    link.management().purgeStream("KV_" + JobBoard.BUCKET,
        io.nats.client.PurgeOptions.subject("$KV." + JobBoard.BUCKET + "." + job.jobId()));
  }

  @Test
  void aJobThatWaitsWhileNoNodeIsThereForLongIsRememberedAsItWasAccepted() throws Exception {
    JobRecord job = accept("waits");
    expire(job);
    assertThat(board.read("waits")).isEmpty();
    upkeep.reconcile();
    assertThat(board.read("waits")).contains(job);
    assertThat(stream.holds(job)).isTrue();
  }

  @Test
  void aJobThatIsOverOrWasWithdrawnNoLongerCountsAsWaiting() {
    JobRecord over = accept("over");
    board.move("over", now -> now.failed(new ApiException(ErrorCode.INTERNAL_ERROR)));
    JobRecord withdrawn = accept("withdrawn");
    board.withdraw(withdrawn);
    JobRecord waits = accept("waits");
    upkeep.reconcile();
    assertThat(stream.holds(over)).isFalse();
    assertThat(stream.holds(withdrawn)).as("its client was told that it is not accepted").isFalse();
    assertThat(board.read("withdrawn")).isEmpty();
    assertThat(stream.waiting()).containsOnlyKeys("waits");
    assertThat(board.read("waits")).contains(waits);
  }

  @Test
  void whoWaitsOnAnotherNodeForAJobThatIsWithdrawnIsTold() throws Exception {
    try (JobBoard other = new JobBoard(link, new JobEvents(), REMEMBERED)) {
      JobRecord job = accept("withdrawn");
      RenderJob waitedFor = other.read("withdrawn").flatMap(record -> other.copies().job(record.jobId())).orElseThrow();
      board.withdraw(job);
      assertThatThrownBy(() -> waitedFor.result().get(20, TimeUnit.SECONDS)).cause().isInstanceOfSatisfying(ApiException.class,
          refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CLUSTER_UNAVAILABLE));
      assertThat(other.copies().lastEvent(waitedFor)).isInstanceOf(RenderFailed.class);
      assertThat(other.copies().depth()).isZero();
      assertThat(board.copies().depth()).isZero();
      accept("withdrawn");
      assertThat(other.read("withdrawn")).as("its id may be used again").isPresent();
      assertThat(other.copies().job("withdrawn")).isPresent().get().isNotSameAs(waitedFor);
    }
  }

  @Test
  void aJobWhoseNodeDiedBeforeItWasQueuedFailsAndItsRoomIsFree() {
    ClusterReservation room = (ClusterReservation) bank.reserve(1000, null);
    long twoMinutesAgo = Instant.now().minusSeconds(120).toEpochMilli();
    for (String jobId : List.of("lost", "queued")) {
      JobRecord job = new JobRecord(jobId, "ann", false, "request", false, room.named().id(), room.named().createdAt(), 0,
          twoMinutesAgo, "gone", "voice", false, JobRecord.State.QUEUED, null, 0, false, null, null, null);
      board.create(job);
      if (jobId.equals("queued")) {
        stream.add(job, BODY);
      }
    }
    board.create(job("young"));
    upkeep.endNeverQueued();
    JobRecord lost = board.read("lost").orElseThrow();
    assertThat(lost.state()).isEqualTo(JobRecord.State.FAILED);
    assertThat(lost.failure().exception().code()).as("to be sent again").isEqualTo(ErrorCode.CLUSTER_UNAVAILABLE);
    assertThat(bank.ledger().account().promisedBytes()).isZero();
    assertThat(board.read("queued").orElseThrow().state()).isEqualTo(JobRecord.State.QUEUED);
    assertThat(board.read("young").orElseThrow().state()).as("it may be queued just now").isEqualTo(JobRecord.State.QUEUED);
  }

  @Test
  void aJobThatWaitsForLongIsNotForgottenWhileANodeIsThere() throws InterruptedException {
    JobRecord over = accept("over");
    board.move("over", now -> now.failed(new ApiException(ErrorCode.INTERNAL_ERROR)));
    JobRecord waits = accept("waits");
    for (int i = 0; board.read(over.jobId()).isPresent(); i++) { // until the bucket forgets what is over
      assertThat(i).isLessThan(600);
      board.renew();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(board.read("waits")).contains(waits);
  }
}
