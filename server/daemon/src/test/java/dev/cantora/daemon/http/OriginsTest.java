package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.Test;

/** A cockpit that was loaded from another origin than the daemon's, as ALLOWED_ORIGIN lets it. */
class OriginsTest {
  private static final String COCKPIT = "https://studio.example";

  @Test
  void anAllowedOriginMayReadAnswersAlsoRefusals() {
    try (TestDaemon daemon = TestDaemon.start("ALLOWED_ORIGIN", "https://other.example," + COCKPIT, "AUTH_TOKEN", "secret")) {
      for (String path : new String[] {"/api/health", "/api/v1/renders", "/api/v1/nothing"}) {
        Reply reply = daemon.get(path, "Origin", COCKPIT);
        assertThat(reply.header("Access-Control-Allow-Origin")).as("%s", reply).isEqualTo(COCKPIT);
        assertThat(reply.header("Access-Control-Expose-Headers")).contains("X-Request-Id", "X-Render-Job-Id", "Retry-After");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isNull();
        assertThat(reply.header("Vary")).contains("Origin");
      }
      Reply stranger = daemon.get("/api/health", "Origin", COCKPIT + ".evil.example");
      assertThat(stranger.status()).isEqualTo(200);
      assertThat(stranger.header("Access-Control-Allow-Origin")).isNull();
    }
  }

  @Test
  void preflightsNeedNoKey() {
    try (TestDaemon daemon = TestDaemon.start("ALLOWED_ORIGIN", COCKPIT, "AUTH_TOKEN", "secret")) {
      Reply reply = daemon.send("OPTIONS", "/api/v1/renders", null, "Origin", COCKPIT, "Access-Control-Request-Method", "POST");
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(COCKPIT);
      assertThat(reply.header("Access-Control-Allow-Methods")).contains("POST", "DELETE");
      assertThat(reply.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization").containsIgnoringCase("content-type");
    }
  }

  @Test
  void unlessItIsSetNobodyMay() {
    try (TestDaemon daemon = TestDaemon.start()) {
      assertThat(daemon.get("/api/health", "Origin", COCKPIT).header("Access-Control-Allow-Origin")).isNull();
    }
  }
}
