package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of live sessions. */
@Timeout(60)
class LiveMetricsTest {

  @Test
  void sessionsLatenessDropsAndUnderrunsAreCounted() throws InterruptedException {
    try (TestDaemon daemon = TestDaemon.start()) {
      TestVoices.write(daemon.folder().resolve("presets"), "default-voice");
      try (LivePeer peer = LivePeer.connect(daemon.port(), "/ws")) {
        peer.send("{\"type\":\"hello\",\"protocolVersion\":1}");
        peer.await("hello_ack");
        peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
        peer.play(10);
        peer.send("{\"type\":\"latency_report\",\"underruns\":3}");
        peer.send("{\"type\":\"latency_report\",\"underruns\":5}");
        while (value(daemon, "live_underruns_total") < 5) {
          Thread.sleep(10);
        }
        assertThat(value(daemon, "ws_sessions_active{kind=\"live\"}")).isEqualTo(1);
        assertThat(value(daemon, "live_blocks_total")).isGreaterThanOrEqualTo(10);
        assertThat(value(daemon, "live_block_lateness_seconds_count")).isGreaterThanOrEqualTo(10);
        assertThat(value(daemon, "live_late_blocks_total")).isNotNegative();
        assertThat(value(daemon, "live_frames_dropped_total")).isZero();
      }
      while (value(daemon, "ws_sessions_active{kind=\"live\"}") > 0) {
        Thread.sleep(10);
      }
    }
  }

  private static double value(TestDaemon daemon, String name) {
    return daemon.get("/api/v1/metrics").text().lines().filter(line -> line.startsWith("vocal_synth_" + name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElseThrow();
  }
}
