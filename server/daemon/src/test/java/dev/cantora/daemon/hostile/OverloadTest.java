package dev.cantora.daemon.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
      slow.close();
      while (refused.status() == 503) {
        Thread.sleep(5);
        refused = daemon.get("/api/v1/health");
      }
      assertThat(refused.status()).as("when the slow one is gone").isEqualTo(200);
    }
  }
}
