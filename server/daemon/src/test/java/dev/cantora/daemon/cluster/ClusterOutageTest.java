package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.config.ConfigException;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose NATS is not what it should be. */
class ClusterOutageTest {
  @TempDir
  Path temp;

  @Test
  @Provokes(ErrorCode.CLUSTER_UNAVAILABLE)
  void aNodeWithoutNatsIsNotReadySaysSoAndComesBack() throws InterruptedException {
    try (NatsServers nats = NatsServers.start(temp, 1);
        TestDaemon node = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", "one")) {
      awaitReady(node, 200);
      Reply health = node.get("/api/v1/health/detailed");
      assertThat(health.json().path("cluster").path("nodeId").asText()).isEqualTo("one");
      assertThat(health.json().path("cluster").path("connected").asBoolean()).isTrue();
      assertThat(health.json().path("cluster").path("nodes")).hasSize(1);

      nats.kill(0);
      awaitReady(node, 503);
      assertThat(node.get("/readyz").json().path("failing")).extracting(one -> one.asText()).contains("cluster");
      Reply list = node.get("/api/v1/renders");
      ErrorProof.check(node, list, ErrorCode.CLUSTER_UNAVAILABLE);
      assertThat(list.headers().firstValue("Retry-After")).isPresent();
      assertThat(node.get("/api/v1/health/detailed").json().path("cluster").path("connected").asBoolean()).isFalse();
      try (LivePeer player = LivePeer.connect(node.port(), "/ws/jam")) {
        player.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
        player.send("{\"type\":\"session_join\",\"sessionId\":\"0123456789abcdef\"}");
        assertThat(player.await("jam_error").path("code").asText()).isEqualTo("CLUSTER_UNAVAILABLE");
      }

      nats.start(0);
      awaitReady(node, 200);
      assertThat(node.get("/api/v1/renders").status()).isEqualTo(200);
      assertThat(new String(node.get("/api/v1/metrics").body(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("vocal_synth_cluster_connected 1", "vocal_synth_cluster_reconnects_total 1");
    }
  }

  @Test
  void serversWithoutJetStreamStopTheStartWithAReason() throws Exception {
    Process plain = new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", "-1", "--ports_file_dir", temp.toString())
        .redirectErrorStream(true).redirectOutput(temp.resolve("log").toFile()).start();
    try {
      String port = portOf(plain);
      assertThatThrownBy(() -> TestDaemon.start("CANTORA_CLUSTER", "nats://127.0.0.1:" + port))
          .isInstanceOf(ConfigException.class).hasMessageStartingWith("CANTORA_CLUSTER names servers on which JetStream");
    } finally {
      plain.destroyForcibly().waitFor();
    }
  }

  private String portOf(Process server) throws Exception {
    Path file = temp.resolve("nats-server_" + server.pid() + ".ports");
    while (server.isAlive() && !java.nio.file.Files.exists(file)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    String text = java.nio.file.Files.readString(file);
    return text.replaceAll("(?s).*?nats://[^:]*:(\\d+).*", "$1");
  }

  private static void awaitReady(TestDaemon node, int status) throws InterruptedException {
    long endNs = System.nanoTime() + 30_000_000_000L;
    while (node.get("/readyz").status() != status) {
      assertThat(System.nanoTime()).as("readiness").isLessThan(endNs);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
