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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Holds an answer against the OpenAPI document: status, content type, required headers and JSON (also that of event streams)
 * must be what the document says, and an error's code one that the operation names.
 */
public final class SpecConformance {
  private static final List<String> SECURITY = List.of("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy");
  private static final JsonNode DOCUMENT = read();
  private static final Schemas SCHEMAS = Schemas.load("openapi.json", Map.of());

  private SpecConformance() {}

  /** @throws AssertionError when the answer is not what the document says; paths outside the API need only a request id and the headers that keep browsers in check */
  public static void check(String method, String target, Reply reply) {
    String what = method + " " + target;
    demand(reply.requestId() != null, what + " answered without X-Request-Id: " + reply);
    SECURITY.forEach(header -> demand(reply.header(header) != null, what + " answered without " + header + ": " + reply));
    Optional<Operation> found = operation(method, target.split("\\?")[0]);
    boolean notReady = found.isPresent() && found.get() == Operation.READYZ && reply.status() == 503;
    if (reply.status() >= 400 && json(reply) && !notReady) {
      checkEnvelope(what, found, reply);
    }
    if (found.isEmpty()) {
      return;
    }
    JsonNode response = response(found.get(), reply);
    demand(!response.isMissingNode(), what + " answered an undocumented status: " + reply);
    response.path("headers").properties().forEach(header -> demand(
        !resolved(header.getValue()).path("required").asBoolean() || reply.header(header.getKey()) != null,
        what + " answered without " + header.getKey() + ": " + reply));
    checkContent(what, response.path("content"), reply);
  }

  private static void checkEnvelope(String what, Optional<Operation> operation, Reply reply) {
    JsonNode body = reply.json();
    require(what, reply, "ErrorEnvelope", body);
    ErrorCode code = ErrorCode.of(body.path("code").asText())
        .orElseThrow(() -> new AssertionError("unknown code in " + reply));
    demand(code == ErrorCode.HTTP_ERROR || code.httpStatus() == reply.status(), what + ": the status is not the code's: " + reply);
    demand(body.path("requestId").asText().equals(reply.requestId()), what + ": two request ids: " + reply);
    demand(operation.map(known -> known.codes().contains(code) || Operation.COMMON_CODES.contains(code)).orElse(true),
        what + ": the document does not name this code: " + reply);
  }

  private static void checkContent(String what, JsonNode content, Reply reply) {
    if (reply.body().length == 0) {
      return;
    }
    String type = reply.header("Content-Type");
    demand(type != null, what + " has a body without Content-Type: " + reply);
    String essence = type.split(";")[0].strip();
    demand(content.has(essence), what + " answered an undocumented content type: " + reply);
    JsonNode media = content.get(essence);
    if (essence.equals("application/json") && media.at("/schema/$ref").isTextual()) {
      require(what, reply, name(media.at("/schema/$ref").asText()), reply.json());
    }
    if (media.path("x-cantora-event").isTextual()) {
      reply.text().lines().filter(line -> line.startsWith("data: ")).forEach(line ->
          require(what, reply, media.path("x-cantora-event").asText(), Json.parse(line.substring("data: ".length()))));
    }
  }

  private static void require(String what, Reply reply, String schema, JsonNode value) {
    List<?> issues = SCHEMAS.check(schema, value);
    demand(issues.isEmpty(), what + " does not fit " + schema + ": " + issues + "\n" + reply);
  }

  private static void demand(boolean fits, String otherwise) {
    if (!fits) {
      throw new AssertionError(otherwise);
    }
  }

  private static JsonNode response(Operation operation, Reply reply) {
    JsonNode responses = DOCUMENT.path("paths").path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT)).path("responses");
    JsonNode exact = responses.path(Integer.toString(reply.status()));
    return resolved(exact.isMissingNode() && reply.status() >= 400 ? responses.path("default") : exact);
  }

  private static JsonNode resolved(JsonNode node) {
    return node.path("$ref").isTextual() ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static boolean json(Reply reply) {
    String type = reply.header("Content-Type");
    return type != null && type.startsWith("application/json");
  }

  private static Optional<Operation> operation(String method, String path) {
    return Arrays.stream(Operation.values()).filter(operation -> operation.method().equals(method))
        .filter(operation -> {
          String template = operation.path().replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+");
          return path.matches((operation.prefixed() ? "/api(/v1)?" : "") + template);
        })
        .min(Comparator.comparingInt(operation -> operation.path().contains("{") ? 1 : 0));
  }

  private static JsonNode read() {
    try (InputStream in = ErrorCode.class.getResourceAsStream("openapi.json")) {
      return Json.parse(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
