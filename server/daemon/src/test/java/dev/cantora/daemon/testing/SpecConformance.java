package dev.cantora.daemon.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.Operation;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an answer against the OpenAPI document: its status must be documented, its JSON must fit the schema. */
public final class SpecConformance {
  private static final JsonNode DOCUMENT = read();
  private static final Schemas SCHEMAS = Schemas.load("openapi.json", Map.of());

  private SpecConformance() {}

  /** @throws AssertionError when the answer is not what the document says; paths outside the API pass */
  public static void check(String method, String target, Reply reply) {
    Optional<Operation> found = operation(method, target.split("\\?")[0]);
    if (reply.requestId() == null) {
      throw new AssertionError(method + " " + target + " answered without X-Request-Id: " + reply);
    }
    if (reply.status() >= 400 && json(reply)) {
      checkEnvelope(method, target, reply);
    }
    if (found.isEmpty() || reply.status() >= 400) {
      return;
    }
    JsonNode responses = DOCUMENT.at("/paths/" + found.get().path().replace("~", "~0").replace("/", "~1") + "/"
        + method.toLowerCase(java.util.Locale.ROOT) + "/responses");
    JsonNode response = responses.path(Integer.toString(reply.status()));
    if (response.isMissingNode()) {
      throw new AssertionError(method + " " + target + " answered an undocumented status: " + reply);
    }
    JsonNode schema = response.at("/content/application~1json/schema");
    if (json(reply) && schema.has("$ref")) {
      String name = schema.get("$ref").asText();
      require(method, target, reply, name.substring(name.lastIndexOf('/') + 1));
    }
  }

  private static void checkEnvelope(String method, String target, Reply reply) {
    JsonNode body = reply.json();
    if (body.path("ready").isBoolean()) {
      return;
    }
    require(method, target, reply, "ErrorEnvelope");
    ErrorCode code = ErrorCode.of(body.path("code").asText())
        .orElseThrow(() -> new AssertionError("unknown code in " + reply));
    boolean statusFits = code == ErrorCode.HTTP_ERROR || code.httpStatus() == reply.status();
    if (!statusFits || !body.path("requestId").asText().equals(reply.requestId())) {
      throw new AssertionError(method + " " + target + ": status or requestId do not fit the envelope: " + reply);
    }
  }

  private static void require(String method, String target, Reply reply, String schema) {
    List<?> issues = SCHEMAS.check(schema, reply.json());
    if (!issues.isEmpty()) {
      throw new AssertionError(method + " " + target + " does not fit " + schema + ": " + issues + "\n" + reply);
    }
  }

  private static boolean json(Reply reply) {
    String type = reply.header("Content-Type");
    return type != null && type.startsWith("application/json");
  }

  private static Optional<Operation> operation(String method, String path) {
    return Arrays.stream(Operation.values()).filter(operation -> operation.method().equals(method))
        .filter(operation -> {
          String template = operation.path().replaceAll("\\{\\w+}", "[^/]+").replace(".", "\\.");
          return path.matches((operation.prefixed() ? "/api(/v1)?" : "") + template);
        })
        .min(java.util.Comparator.comparingInt(operation -> operation.path().contains("{") ? 1 : 0));
  }

  private static JsonNode read() {
    try (InputStream in = ErrorCode.class.getResourceAsStream("openapi.json")) {
      return Json.parse(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
