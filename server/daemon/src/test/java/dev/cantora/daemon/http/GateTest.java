package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GateTest {
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @Test
  void probesAnswerWithoutPrefix() {
    assertThat(daemon.get("/livez").text()).isEqualTo("ok");
    Reply ready = daemon.get("/readyz");
    while (ready.status() == 503) {
      assertThat(ready.json().path("failing").get(0).asText()).as("until the engine is warm").isEqualTo("init_incomplete");
      ready = daemon.get("/readyz");
    }
    assertThat(ready.json().path("ready").asBoolean()).isTrue();
  }

  @Test
  void healthTellsVersionAndUptimeAlone() {
    assertThat(daemon.get("/api/v1/health").json().fieldNames()).toIterable()
        .containsExactly("ok", "version", "uptimeSec");
  }

  @Test
  void requestIdsOfCallersComeBackWhenHarmless() {
    assertThat(daemon.get("/api/v1/health", "X-Request-Id", "my-id.1").requestId()).isEqualTo("my-id.1");
    assertThat(daemon.get("/api/v1/health", "X-Request-Id", "no spaces").requestId()).matches("req_[\\w-]{12}");
  }

  @Test
  void unknownRouteIsJsonNotFoundAndItsRequestIdIsLogged() {
    Reply reply = daemon.get("/api/v1/nothing");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.code()).isEqualTo("NOT_FOUND");
    assertThat(daemon.log().await("request_error", event -> event.path("requestId").asText().equals(reply.requestId()))
        .path("code").asText()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aliasSaysItIsDeprecatedAndCanonicalDoesNot() {
    Reply alias = daemon.get("/api/health?x=1");
    assertThat(alias.header("Deprecation")).isEqualTo("true");
    assertThat(alias.header("Sunset")).isEqualTo("Wed, 31 Dec 2025 23:59:59 GMT");
    assertThat(alias.header("Link")).isEqualTo("</api/v1/health>; rel=\"successor-version\"");
    assertThat(daemon.get("/api/v1/health").header("Deprecation")).isNull();
  }

  @Test
  void wrongMethodNamesTheAllowedOnes() {
    Reply reply = daemon.send("PUT", "/api/v1/renders/abc", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("DELETE, PATCH");
  }
}
