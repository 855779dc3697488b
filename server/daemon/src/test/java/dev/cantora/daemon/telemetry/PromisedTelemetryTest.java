package dev.cantora.daemon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Metrics and log lines that dashboards and alerts of the reference implementation look for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PromisedTelemetryTest {
  private static final String ORDER = "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,\"midi\":60}]},\"config\":{}}";

  private TestDaemon daemon;
  private String metrics;

  @BeforeAll
  void use(@TempDir Path folder) {
    TestVoice.install(folder.resolve("presets"), "default-voice");
    daemon = TestDaemon.startIn(folder, Map.of("RATE_LIMIT_RPM", "2", "RENDER_STORE_BUDGET_MB", "10"));
    daemon.post("/api/v1/renders", ORDER, "X-Render-Job-Id", "counted");
    daemon.get("/api/renders/nobody/meta");
    daemon.get("/api/v1/no/such/route");
    daemon.get("/livez");
    daemon.post("/api/v1/phonemize", "{}");
    assertThat(daemon.post("/api/v1/phonemize", "{}").status()).isEqualTo(429);
    try (LivePeer live = LivePeer.connect(daemon.port(), "/ws"); LivePeer jam = LivePeer.connect(daemon.port(), "/ws/jam")) {
      live.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      live.await("hello_ack");
      jam.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
      jam.await("jam_hello_ack");
      jam.send("{\"type\":\"session_create\"}");
      jam.await("session_created");
      metrics = daemon.get("/api/v1/metrics").text();
    }
  }

  @AfterAll
  void stop() {
    daemon.close();
  }

  private void hasType(String type, String... names) {
    for (String name : names) {
      assertThat(metrics.lines()).contains("# TYPE vocal_synth_" + name + " " + type);
    }
  }

  private List<String> buckets(String name) {
    return metrics.lines().filter(line -> line.startsWith("vocal_synth_" + name + "_bucket"))
        .map(line -> line.replaceAll(".*le=\"([^\"]*)\".*", "$1")).distinct().collect(Collectors.toList());
  }

  private double value(String series) {
    return metrics.lines().filter(line -> line.startsWith("vocal_synth_" + series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in\n" + metrics));
  }

  @Test
  void metricsHaveTheirNamesTypesAndBuckets() {
    hasType("counter", "http_requests_total", "render_jobs_total", "auth_failures_total", "rate_limit_drops_total", "live_late_blocks_total",
        "live_frames_dropped_total", "live_underruns_total");
    hasType("gauge", "queue_depth", "queue_inflight", "render_store_bytes_used", "render_store_budget_bytes", "ws_sessions_active");
    hasType("histogram", "http_request_duration_seconds", "render_duration_seconds", "render_rtf", "live_block_lateness_seconds");
    assertThat(buckets("http_request_duration_seconds")).containsExactly(
        "0.005", "0.01", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "30.0", "60.0", "+Inf");
    assertThat(buckets("render_duration_seconds")).containsExactly(
        "0.5", "1.0", "2.0", "5.0", "10.0", "20.0", "30.0", "60.0", "120.0", "300.0", "600.0", "+Inf");
    assertThat(buckets("render_rtf")).containsExactly("0.01", "0.05", "0.1", "0.25", "0.5", "1.0", "2.0", "5.0", "10.0", "+Inf");
    assertThat(metrics.lines().filter(line -> !line.startsWith("#"))).allMatch(line -> line.startsWith("vocal_synth_"));
  }

  @Test
  void metricsCountWhatHappened() {
    assertThat(value("http_requests_total{method=\"POST\",route=\"/api/v1/renders\",status=\"200\"}")).isEqualTo(1);
    assertThat(value("http_requests_total{method=\"GET\",route=\"/api/v1/renders/{id}/meta\",status=\"404\"}")).isEqualTo(1);
    assertThat(value("http_requests_total{method=\"other\",route=\"other\",status=\"404\"}")).as("no label of a client's making").isEqualTo(1);
    assertThat(metrics).doesNotContain("/livez", "no/such", "nobody");
    assertThat(value("render_jobs_total{outcome=\"done\"}")).isEqualTo(1);
    assertThat(value("rate_limit_drops_total")).isEqualTo(1);
    assertThat(value("auth_failures_total")).isZero();
    assertThat(value("queue_depth")).isZero();
    assertThat(value("render_store_budget_bytes")).isEqualTo(10 << 20);
    assertThat(value("render_store_bytes_used")).isGreaterThan(0.2 * 48000 * 4);
    for (String kind : Arrays.asList("live", "jam")) {
      assertThat(value("ws_sessions_active{kind=\"" + kind + "\"}")).isEqualTo(1);
    }
  }

  @Test
  void theLogNamesWhatHappened() {
    event("boot_presets");
    assertThat(event("boot_render_store").path("budgetBytes").asLong()).isEqualTo(10 << 20);
    assertThat(event("server_listening").path("port").asInt()).isEqualTo(daemon.port());
    for (String job : List.of("render_job_started", "render_job_done")) {
      assertThat(event(job).path("jobId").asText()).isEqualTo("counted");
    }
    for (String session : List.of("live_session_connected", "live_session_disconnected", "jam_session_connected", "jam_session_disconnected")) {
      event(session);
    }
  }

  @Test
  void aDaemonWithoutVoicesSaysSo() {
    try (TestDaemon silent = TestDaemon.start()) {
      assertThat(silent.log().await("boot_no_voices_warning", any -> true).path("level").asInt()).isEqualTo(40);
    }
  }

  private JsonNode event(String msg) {
    return daemon.log().await(msg, any -> true);
  }
}
