package dev.cantora.daemon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.Test;

/** METRICS_SAMPLE_INTERVAL_MS over the wire. */
class MetricsSamplingTest {

  @Test
  void gaugesAreSampledAndCountersAreExact() {
    try (TestDaemon daemon = TestDaemon.start("METRICS_SAMPLE_INTERVAL_MS", "3600000")) {
      assertThat(daemon.get("/api/v1/metrics").text()).contains("vocal_synth_ws_sessions_active{kind=\"live\"} 0.0");
      try (LivePeer peer = LivePeer.connect(daemon.port(), "/ws")) {
        daemon.get("/api/v1/presets");
        assertThat(daemon.get("/api/v1/metrics").text()).contains("vocal_synth_ws_sessions_active{kind=\"live\"} 0.0",
            "vocal_synth_http_requests_total{method=\"GET\",route=\"/api/v1/presets\",status=\"200\"} 1.0");
      }
    }
  }

  @Test
  void aShortIntervalShowsWhatIsNow() {
    try (TestDaemon daemon = TestDaemon.start("METRICS_SAMPLE_INTERVAL_MS", "1")) {
      daemon.get("/api/v1/metrics");
      try (LivePeer peer = LivePeer.connect(daemon.port(), "/ws")) {
        String now = daemon.get("/api/v1/metrics").text();
        while (!now.contains("vocal_synth_ws_sessions_active{kind=\"live\"} 1.0")) {
          now = daemon.get("/api/v1/metrics").text();
        }
        assertThat(now).contains("vocal_synth_jvm_threads");
      }
    }
  }
}
