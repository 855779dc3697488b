package dev.cantora.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsOverHttpTest {
  private static final String RENDER = "/api/v1/render";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("JSON_BODY_LIMIT", "64kb", "MAX_NOTES_PER_SCORE", "3");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static void check(Reply reply, ErrorCode code) {
    ErrorProof.check(daemon, reply, code);
  }

  @Test
  @Provokes(ErrorCode.NOT_FOUND)
  void unknownRoutes() {
    check(daemon.get("/api/v1/nothing"), ErrorCode.NOT_FOUND);
    check(daemon.get("/api"), ErrorCode.NOT_FOUND);
    check(daemon.get("/api/v1/renders/"), ErrorCode.NOT_FOUND);
    check(daemon.get("/api/v1//renders"), ErrorCode.NOT_FOUND);
  }

  @Test
  @Provokes(ErrorCode.METHOD_NOT_ALLOWED)
  void wrongMethods() {
    check(daemon.send("PUT", "/api/v1/renders/abc", "{}"), ErrorCode.METHOD_NOT_ALLOWED);
    check(daemon.delete("/livez"), ErrorCode.METHOD_NOT_ALLOWED);
  }

  @Test
  @Provokes(ErrorCode.INVALID_JSON)
  void bodiesThatAreNotJson() {
    for (String body : new String[] {"", "{", "nope", "{} x", "{\"a\":1,\"a\":2}", "[NaN]", "{\"bpm\":1e999}",
        "{\"a\":\"\\ud800\"}", "[".repeat(100) + "]".repeat(100), "{'a':1}", "{\"n\":" + "9".repeat(500) + "}"}) {
      check(daemon.post(RENDER, body), ErrorCode.INVALID_JSON);
    }
  }

  @Test
  @Provokes(ErrorCode.INVALID_BODY)
  void bodiesThatDoNotFitTheSchemaNameEveryField() {
    Reply reply = daemon.post(RENDER,
        "{\"score\":{\"bpm\":5,\"notes\":[{\"id\":\"\",\"startSec\":0,\"durationSec\":1,\"midi\":60.5}]},\"config\":{\"maxPolyphony\":\"x\"}}");
    check(reply, ErrorCode.INVALID_BODY);
    assertThat(reply.json().path("issues")).extracting(issue -> issue.path("path").asText())
        .contains("score.bpm", "score.notes.0.id", "score.notes.0.midi", "config.maxPolyphony");
    assertThat(reply.json().path("hint").asText()).contains(reply.json().path("issues").get(0).path("path").asText());
    assertThat(reply.json().path("error").asText()).isNotBlank();
    Reply missing = daemon.post(RENDER, "{\"score\":{\"bpm\":120,\"notes\":[]}}");
    check(missing, ErrorCode.INVALID_BODY);
    assertThat(missing.json().path("issues").get(0).path("path").asText()).isEqualTo("config");
  }

  @Test
  void configuredBoundsReplaceTheDocumentedOnes() {
    String note = "{\"id\":\"n\",\"startSec\":0,\"durationSec\":1,\"midi\":60}";
    Reply reply = daemon.post(RENDER, "{\"score\":{\"bpm\":120,\"notes\":[" + note + "," + note + "," + note + "," + note + "]},\"config\":{}}");
    check(reply, ErrorCode.INVALID_BODY);
    assertThat(reply.json().path("issues").get(0).path("path").asText()).isEqualTo("score.notes");
  }

  @Test
  void thousandsOfIssuesAreCutShort() {
    JsonNode issues = daemon.post("/api/v1/phonemize", "{\"text\":\"a\",\"notes\":[" + "{},".repeat(900) + "{}]}").json().path("issues");
    assertThat(issues.size()).isBetween(1, 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fetc", "%2e%2e", "..", "a.b", "a%00b", "a%20b", "%2Fetc%2Fpasswd", "a;b", "é"})
  @Provokes(ErrorCode.INVALID_RENDER_ID)
  void renderIdsWithTricks(String id) {
    check(daemon.rawGet("/api/v1/renders/" + id + "/meta"), ErrorCode.INVALID_RENDER_ID);
  }

  @Test
  @Provokes(ErrorCode.INVALID_JOB_ID)
  void jobIdsWithTricksOnAllThreeRoutes() {
    check(daemon.delete("/api/v1/render/jobs/a%2Fb"), ErrorCode.INVALID_JOB_ID);
    check(daemon.post("/api/v1/render/jobs/a.b/cancel", ""), ErrorCode.INVALID_JOB_ID);
    check(daemon.get("/api/v1/render/events?jobId=a%20b"), ErrorCode.INVALID_JOB_ID);
    check(daemon.delete("/api/v1/render/jobs/" + "x".repeat(81)), ErrorCode.INVALID_JOB_ID);
  }

  @Test
  @Provokes(ErrorCode.BODY_TOO_LARGE)
  void bodiesBeyondTheLimit() {
    check(daemon.post(RENDER, "\"" + "x".repeat(70_000) + "\""), ErrorCode.BODY_TOO_LARGE);
  }

  @Test
  @Provokes(ErrorCode.UNSUPPORTED_MEDIA_TYPE)
  void bodiesOfAnotherKind() {
    check(daemon.post(RENDER, "a=b", "Content-Type", "application/x-www-form-urlencoded"), ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    check(daemon.post(RENDER, "{}", "Content-Type", "application/json; charset=utf-16"), ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    check(daemon.post(RENDER, "{}", "Content-Encoding", "gzip"), ErrorCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void unauthorisedRequestsDoNotCountAgainstTheLimit() {
    try (TestDaemon limited = TestDaemon.start("RATE_LIMIT_RPM", "2", "AUTH_TOKEN", "t")) {
      for (int i = 0; i < 4; i++) {
        assertThat(limited.post("/api/v1/phonemize", "{}").code()).isEqualTo("UNAUTHORIZED");
      }
      assertThat(limited.post("/api/v1/phonemize", "{}", "Authorization", "Bearer t").code()).isEqualTo("INVALID_BODY");
    }
  }

  @Test
  @Provokes(ErrorCode.RATE_LIMITED)
  void requestsBeyondTheLimitAreToldWhenToComeBack() {
    try (TestDaemon limited = TestDaemon.start("RATE_LIMIT_RPM", "2")) {
      limited.post("/api/v1/phonemize", "{}");
      limited.post(RENDER, "{}");
      Reply reply = limited.post("/api/v1/phonemize", "{}");
      ErrorProof.check(limited, reply, ErrorCode.RATE_LIMITED);
      assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
      assertThat(reply.json().at("/details/limitPerMinute").asInt()).isEqualTo(2);
      assertThat(limited.get("/api/v1/renders").status()).isNotEqualTo(429);
    }
  }

  /** Neither many addresses with one key nor many keys from one address get past it. */
  @Test
  void addressesAndPrincipalsAreCountedEachOnTheirOwn() {
    try (TestDaemon limited = TestDaemon.start("RATE_LIMIT_RPM", "2", "AUTH_KEYS", "ann:ka,bob:kb,eve:ke", "TRUST_PROXY", "loopback")) {
      assertThat(phonemize(limited, "ka", "203.0.113.1")).isEqualTo(400);
      assertThat(phonemize(limited, "ka", "203.0.113.2")).isEqualTo(400);
      assertThat(phonemize(limited, "ka", "203.0.113.3")).as("ann, wherever she is").isEqualTo(429);
      assertThat(phonemize(limited, "kb", "203.0.113.1")).isEqualTo(400);
      assertThat(phonemize(limited, "ke", "203.0.113.1")).as("this address, whoever is there").isEqualTo(429);
      assertThat(phonemize(limited, "ke", "203.0.113.3")).as("refusals were not counted").isEqualTo(400);
    }
  }

  private static int phonemize(TestDaemon daemon, String key, String address) {
    return daemon.post("/api/v1/phonemize", "{}", "Authorization", "Bearer " + key, "X-Forwarded-For", address).status();
  }

  @Test
  @Provokes(ErrorCode.URI_TOO_LONG)
  void requestLinesThatAreTooLong() {
    check(daemon.rawGet("/api/v1/health?" + "x".repeat(9000)), ErrorCode.URI_TOO_LONG);
  }

  @Test
  @Provokes(ErrorCode.HEADERS_TOO_LARGE)
  void headersThatAreTooLarge() {
    check(daemon.rawGet("/api/v1/health", "X-Big", "x".repeat(40_000)), ErrorCode.HEADERS_TOO_LARGE);
  }

  @Test
  @Provokes(ErrorCode.SERVER_SHUTDOWN)
  void newWorkWhileDraining() {
    try (TestDaemon draining = TestDaemon.start()) {
      draining.server().lifecycle().drain(java.time.Duration.ofSeconds(1));
      ErrorProof.check(draining, draining.post(RENDER, "{}"), ErrorCode.SERVER_SHUTDOWN);
      Reply ready = draining.get("/readyz");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().path("failing").get(0).asText()).isEqualTo("render_queue_draining");
      assertThat(draining.get("/livez").status()).isEqualTo(200);
    }
  }
}
