package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.RawHttp;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that no decent client sends. */
class HostileHeadsTest {
  private static final String POST = "POST /api/v1/phonemize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static void assertAlive() {
    assertThat(daemon.get("/livez").text()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n",
      "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
      "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
      "Content-Length: -1\r\n\r\n{}",
      "Content-Length: +2\r\n\r\n{}",
      "Content-Length: 2x\r\n\r\n{}",
      "Content-Length: 2, 2\r\n\r\n{}",
      "Content-Length: 99999999999999999999\r\n\r\n{}",
  })
  @Provokes(ErrorCode.HTTP_ERROR)
  void ambiguousLengthsAreRefusedAndTheConnectionEnds(String head) {
    Reply reply = RawHttp.send(daemon.port(), POST + head);
    ErrorProof.check(daemon, reply, ErrorCode.HTTP_ERROR);
    assertThat(reply.header("Connection")).isEqualToIgnoringCase("close");
    assertThat(reply.header("Content-Security-Policy")).as("also on what the gate never sees").startsWith("default-src 'none'");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertAlive();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "GET /livez HTTP/1.1\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: x\r\nBad Name: y\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost : x\r\n\r\n",
      "GET /li vez HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
      "G\u0001T /livez HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /livez\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /livez HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
  })
  void brokenHeadsAreAnsweredWithTheEnvelopeOrCutOff(String head) {
    Reply reply = RawHttp.send(daemon.port(), head);
    if (reply != null) {
      assertThat(reply.status()).as("%s", reply).isBetween(400, 499);
      assertThat(reply.json().path("ok").asBoolean(true)).isFalse();
      ErrorProof.assertNoLeak(reply.text());
    }
    assertAlive();
  }

  @Test
  void staticPathsCannotClimb() {
    for (String path : new String[] {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/docs/..%2f..%2fetc/passwd",
        "/..%5c..%5cwindows", "//etc/passwd", "/.git/config", "/docs/%00"}) {
      Reply reply = daemon.rawGet(path);
      assertThat(reply.status()).as(path).isIn(400, 404);
      assertThat(reply.text()).doesNotContain("root:");
    }
  }

  @Test
  void thousandsOfMutatedHeadsLeaveTheDaemonAlive() {
    Random random = new Random(20261124);
    byte[] seed = (POST + "Content-Length: 2\r\nConnection: close\r\n\r\n{}").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 1000; i++) {
      byte[] mutated = seed.clone();
      for (int change = random.nextInt(6); change >= 0; change--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      Reply reply = RawHttp.sendAndShut(daemon.port(), mutated);
      if (reply != null) {
        assertThat(reply.status()).as("%s", reply).isBetween(200, 499);
        ErrorProof.assertNoLeak(reply.text());
      }
    }
    assertAlive();
  }
}
