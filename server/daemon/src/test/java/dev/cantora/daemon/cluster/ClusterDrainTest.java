package dev.cantora.daemon.cluster;

import static dev.cantora.daemon.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import io.nats.client.PurgeOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of nodes that stop, over one NATS server. */
class ClusterDrainTest {
  private static final int JOBS = 6;

  @TempDir
  Path temp;
  private NatsServers nats;
  private TestDaemon one;

  @BeforeEach
  void start() {
    nats = NatsServers.start(temp.resolve("nats"), 1);
    one = node("one");
  }

  private TestDaemon node(String id) {
    TestDaemon node = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", id,
        "RENDER_QUEUE_MAX_DEPTH", "16", "GIT_COMMIT", "0123456789");
    TestVoice.install(node.folder().resolve("presets"), "default-voice");
    return node;
  }

  @AfterEach
  void stop() {
    one.close();
    nats.close();
  }

  private static void accept(TestDaemon node, String path, String jobId, String body) {
    assertThat(node.post("/api/v1/" + path, body, "Prefer", "respond-async", "X-Render-Job-Id", jobId).status()).isEqualTo(202);
  }

  private static String state(TestDaemon node, String jobId) {
    return node.get("/api/v1/render/jobs/" + jobId).json().path("state").asText();
  }

  private static void awaitState(String jobId, TestDaemon node, String state) {
    await(jobId + " is " + state, () -> state(node, jobId).equals(state));
  }

  @Test
  void aNodeThatStopsLeavesItsJobsToTheOthers() {
    try (TestDaemon two = node("two")) {
      for (int i = 0; i < JOBS; i++) {
        accept(two, "renders", "r" + i, Bodies.named(Bodies.notes(30, i), "R" + i));
      }
      assertThat(two.server().stop(Duration.ofSeconds(20))).isTrue();
    }
    for (int i = 0; i < JOBS; i++) {
      awaitState("r" + i, one, "done");
    }
    assertThat(one.get("/api/v1/renders").json().path("renders")).hasSize(JOBS);
  }

  @Test
  void aJobIsNotGivenUpBecauseNodeAfterNodeStops() {
    int busy = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < busy; i++) {
      accept(one, "render", "busy" + i, Bodies.endless(i));
      awaitState("busy" + i, one, "running");
    }
    accept(one, "render", "wanderer", Bodies.endless(busy));
    for (int i = 0; i <= Workers.MOST_DELIVERIES; i++) {
      try (TestDaemon stopping = node("stopping-" + i)) {
        awaitState("wanderer", one, "running");
        assertThat(stopping.server().stop(Duration.ofMillis(1))).as("it had to leave something").isFalse();
      }
      assertThat(state(one, "wanderer")).as("handed back, not waited for").isEqualTo("queued");
    }
    one.delete("/api/v1/render/jobs/busy0");
    awaitState("wanderer", one, "running");
    one.delete("/api/v1/render/jobs/wanderer");
    awaitState("wanderer", one, "cancelled");
  }

  @Test
  void aJobThatTheClusterForgotIsMadeAllTheSame() throws Exception {
    int busy = Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < busy; i++) {
      accept(one, "render", "busy" + i, Bodies.endless(i));
      awaitState("busy" + i, one, "running");
    }
    accept(one, "renders", "forgotten", Bodies.named(Bodies.notes(3, 1), "Forgotten"));
    try (ClusterLink link = nats.link("test")) {
      link.management().purgeStream("KV_" + JobBoard.BUCKET, PurgeOptions.subject("$KV." + JobBoard.BUCKET + ".forgotten"));
    }
    one.delete("/api/v1/render/jobs/busy0");
    awaitState("forgotten", one, "done");
    assertThat(one.get("/api/v1/renders").json().at("/renders/0/name").asText()).isEqualTo("Forgotten");
    for (int i = 1; i < busy; i++) {
      one.delete("/api/v1/render/jobs/busy" + i);
    }
  }
}
