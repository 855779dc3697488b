package dev.cantora.daemon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Holds an error answer against its entry of the catalogue, and against the daemon's log. */
public final class ErrorProof {
  private static final JsonNode CATALOGUE = read();

  private ErrorProof() {}

  /** Status, code, message, hint, extra members and headers are there, and the log line has the same requestId. */
  public static void check(TestDaemon daemon, Reply reply, ErrorCode code) {
    assertThat(reply.code()).as("%s", reply).isEqualTo(code.name());
    assertThat(reply.status()).isEqualTo(code.httpStatus());
    JsonNode body = reply.json();
    assertThat(body.path("ok").asBoolean(true)).isFalse();
    assertThat(body.path("message").asText()).isNotBlank();
    assertThat(body.path("hint").asText()).isNotBlank();
    assertThat(body.path("requestId").asText()).isEqualTo(reply.requestId());
    JsonNode extra = entry(code).path("extra");
    extra.path("top").forEach(member -> assertThat(body.has(member.asText())).as("%s in %s", member, body).isTrue());
    extra.path("details").forEach(member ->
        assertThat(body.path("details").has(member.asText())).as("details.%s in %s", member, body).isTrue());
    extra.path("headers").forEach(header -> assertThat(reply.header(header.asText())).as("%s", header).isNotNull());
    assertNoLeak(reply.text());
    JsonNode line = daemon.log().await("request_error", event -> event.path("requestId").asText().equals(reply.requestId()));
    assertThat(line.path("code").asText()).isEqualTo(code.name());
    assertThat(line.path("status").asInt()).isEqualTo(code.httpStatus());
  }

  /** Nothing of the inside is in an answer: no stacks, no class names, no absolute paths. */
  public static void assertNoLeak(String text) {
    assertThat(text).doesNotContain("\tat ", "Exception", "java.", "dev.cantora", "/tmp/", "/home/", "/root/", "/work/");
  }

  /** Codes that old clients know but that this daemon never sends. */
  public static boolean neverSent(ErrorCode code) {
    return entry(code).has("neverSent");
  }

  private static JsonNode entry(ErrorCode code) {
    for (JsonNode entry : CATALOGUE.path("codes")) {
      if (entry.path("code").asText().equals(code.name())) {
        return entry;
      }
    }
    throw new AssertionError(code + " is not in errors.json");
  }

  private static JsonNode read() {
    try (InputStream in = ErrorCode.class.getResourceAsStream("errors.json")) {
      return Json.parse(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
