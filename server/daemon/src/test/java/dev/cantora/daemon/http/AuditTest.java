package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What operators find in the log afterwards: who did what, what was slow, who was turned away. */
class AuditTest {
  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"root\",\"key\":\"kr\",\"admin\":true}]";

  private static JsonNode line(TestDaemon daemon, String msg, Reply reply) {
    return daemon.log().await(msg, event -> event.path("requestId").asText().equals(reply.requestId()));
  }

  @Test
  void destructiveCallsAreWrittenDownWithTheirPrincipalAndOutcome() {
    try (TestDaemon daemon = TestDaemon.start("AUTH_KEYS", KEYS)) {
      Reply gone = daemon.delete("/api/v1/renders/nobody", "Authorization", "Bearer kr");
      JsonNode audit = line(daemon, "audit", gone);
      assertThat(audit.path("action").asText()).isEqualTo("deleteRender");
      assertThat(audit.path("principal").asText()).isEqualTo("root");
      assertThat(audit.path("target").asText()).isEqualTo("/api/v1/renders/nobody");
      assertThat(audit.path("outcome").asText()).isEqualTo("refused");
      assertThat(audit.path("status").asInt()).isEqualTo(404);
      assertThat(audit.path("ip").asText()).isEqualTo("127.0.0.1");
      Reply cancel = daemon.post("/api/v1/render/jobs/nobody/cancel", "", "Authorization", "Bearer ka");
      assertThat(line(daemon, "audit", cancel).path("action").asText()).isEqualTo("cancelJobByPost");
      Reply stranger = daemon.delete("/api/v1/renders/nobody");
      assertThat(line(daemon, "audit", stranger).path("principal").isNull()).isTrue();
      Reply read = daemon.get("/api/v1/renders", "Authorization", "Bearer ka");
      line(daemon, "request_finished", read);
      assertThat(daemon.log().events("audit")).hasSize(3);
    }
  }

  @Test
  void everyRequestHasALineWithItsFieldsAndSlowOnesHaveTwo() throws InterruptedException {
    try (TestDaemon daemon = TestDaemon.start("SLOW_REQUEST_MS", "1")) {
      Reply reply = daemon.post("/api/v1/phonemize",
          "{\"text\":\"" + "la ".repeat(1600) + "\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60}]}",
          "User-Agent", "a \"quoted\"\tagent");
      JsonNode finished = line(daemon, "request_finished", reply);
      assertThat(finished.path("method").asText()).isEqualTo("POST");
      assertThat(finished.path("path").asText()).isEqualTo("/api/v1/phonemize");
      assertThat(finished.path("status").asInt()).isEqualTo(200);
      assertThat(finished.path("level").asInt()).isEqualTo(30);
      assertThat(finished.path("ua").asText()).isEqualTo("a \"quoted\"\tagent");
      assertThat(finished.path("durMs").isIntegralNumber()).isTrue();
      JsonNode slow = line(daemon, "slow_request", reply);
      assertThat(slow.path("level").asInt()).isEqualTo(40);
      assertThat(slow.path("thresholdMs").asInt()).isEqualTo(1);
      Reply missing = daemon.get("/api/v1/nothing");
      assertThat(line(daemon, "request_finished", missing).path("level").asInt()).isEqualTo(40);
    }
  }

  @Test
  void socketsWithoutAValidKeyAreCountedAndLoggedButTheKeyIsNot() throws Exception {
    try (TestDaemon daemon = TestDaemon.start("AUTH_TOKEN", "right")) {
      for (String path : new String[] {"/ws", "/ws/jam"}) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        daemon.client().newWebSocketBuilder().subprotocols("bearer.wrong-key")
            .buildAsync(daemon.socketUri(path + "?token=wrong-key"), new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
              }
            });
        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(4001);
        JsonNode line = daemon.log().await("ws_unauthorized", event -> event.path("path").asText().equals(path));
        assertThat(line.path("ip").asText()).isEqualTo("127.0.0.1");
      }
      assertThat(daemon.get("/api/v1/metrics", "Authorization", "Bearer right").text())
          .contains("vocal_synth_auth_failures_total 2.0");
      assertThat(String.join("", daemon.log().lines())).doesNotContain("wrong-key");
    }
  }

  @Test
  void rendersAreCountedByTheirOutcome() {
    try (TestDaemon daemon = TestDaemon.start()) {
      dev.cantora.daemon.testing.TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      daemon.post("/api/v1/render", "{\"score\":{\"bpm\":120,\"notes\":[]},\"config\":{}}");
      assertThat(daemon.get("/api/v1/metrics").text()).contains("vocal_synth_render_jobs_total{outcome=\"done\"} 1.0",
          "vocal_synth_render_duration_seconds_bucket{le=\"0.5\"} 1", "vocal_synth_render_rtf_count 1");
    }
  }
}
