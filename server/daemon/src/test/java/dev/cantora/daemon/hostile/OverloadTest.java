package dev.cantora.daemon.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More requests at once than the daemon takes. How soon the refusal comes is for {@code ./cantora bench overload} to say. */
@Timeout(180)
class OverloadTest {

  @Test
  void beyondTheConcurrencyLimitTheRefusalSaysWhenToComeBack() throws IOException, InterruptedException {
    try (TestDaemon daemon = TestDaemon.start("CANTORA_MAX_CONCURRENT_REQUESTS", "1");
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), daemon.port())) {
      slow.getOutputStream().write(("POST /api/v1/phonemize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: 100\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
      Reply refused = daemon.get("/api/v1/health");
      while (refused.status() == 200) {
        Thread.sleep(5); // the slow request has not reached its handler yet
        refused = daemon.get("/api/v1/health");
      }
      assertThat(refused.status()).as("%s", refused).isEqualTo(503);
      assertThat(refused.code()).isEqualTo("HTTP_ERROR");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.json().path("requestId").asText()).isEqualTo(refused.requestId());
      ErrorProof.assertNoLeak(refused.text());
      assertThat(daemon.get("/livez").text()).as("an orchestrator must not end a daemon that is busy").isEqualTo("ok");
      assertThat(daemon.get("/readyz").status()).isEqualTo(200);
      slow.close();
      while (refused.status() == 503) {
        Thread.sleep(5);
        refused = daemon.get("/api/v1/health");
      }
      assertThat(refused.status()).as("when the slow one is gone").isEqualTo(200);
    }
  }

  /** Else a full house of players would keep everybody else out, probes included. */
  @Test
  void playersDoNotCountAsRequests() {
    try (TestDaemon daemon = TestDaemon.start("CANTORA_MAX_CONCURRENT_REQUESTS", "1", "MAX_LIVE_SESSIONS", "3")) {
      TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
      List<LivePeer> players = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        LivePeer player = LivePeer.connect(daemon.port(), "/ws");
        players.add(player);
        player.send("{\"type\":\"hello\",\"protocolVersion\":1}");
        player.await("hello_ack");
        player.send("{\"type\":\"transport\",\"command\":\"play\"}");
        player.play(2);
      }
      assertThat(daemon.get("/livez").status()).isEqualTo(200);
      assertThat(daemon.get("/api/v1/health").status()).isEqualTo(200);
      players.forEach(LivePeer::close);
    }
  }
}
