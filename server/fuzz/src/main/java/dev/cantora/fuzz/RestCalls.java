package dev.cantora.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Every operation of the OpenAPI document but its endless streams, with mutated bodies and real or invented ids. */
public final class RestCalls {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final List<String> HEADERS =
      List.of("Range", "If-None-Match", "X-Render-Job-Id", "Prefer", "Idempotency-Key", "Accept", "Forwarded");
  private static final List<String> HEADER_VALUES =
      List.of("bytes=5-1", "bytes=-", "*", "respond-async", "for=\"[::1\"", "x".repeat(300), "audio/flac;q=9");
  private static final List<String> INVENTED_IDS =
      List.of("last", "nobody", "a.b", "%00", "..%2f..%2fetc", "x".repeat(70), "%F0%9F%8E%B5");
  private static final JsonNode SMALL_ORDER = Contract.parse(
      "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,\"midi\":60}]},\"config\":{}}");

  private record Operation(String method, String path, JsonNode example) {}

  /** @param body null for none @param header name and value, or null */
  public record Call(String method, String path, byte[] body, String contentType, String[] header) {}

  private final List<Operation> operations = new ArrayList<>();
  private final List<String> ids = new ArrayList<>(INVENTED_IDS);
  private final Mutations mutations;
  private int next;

  public RestCalls(Mutations mutations) {
    this.mutations = mutations;
    Contract.openApi().root().path("paths").properties().forEach(path -> {
      String prefix = path.getValue().has("servers") ? "" : "/api/v1";
      path.getValue().properties().forEach(operation -> {
        boolean stream = operation.getValue().at("/responses/200/content").has("text/event-stream");
        if (METHODS.contains(operation.getKey()) && !stream) {
          operations.add(new Operation(operation.getKey().toUpperCase(Locale.ROOT), prefix + path.getKey(),
              example(operation.getValue().at("/requestBody/content/application~1json"))));
        }
      });
    });
  }

  private static JsonNode example(JsonNode media) {
    if (media.isMissingNode()) {
      return null;
    }
    JsonNode examples = media.path("examples");
    return media.has("example") ? media.get("example") : examples.isArray() && !examples.isEmpty() ? examples.get(0)
        : examples.isObject() && !examples.isEmpty() ? examples.elements().next().path("value") : SMALL_ORDER;
  }

  /** An order for a render that succeeds, a fifth of a second long. */
  public static byte[] smallOrder() {
    return Contract.bytes(SMALL_ORDER);
  }

  /** An id that exists. */
  public void learn(String id) {
    ids.add(id);
  }

  /** Path below which a document of some kind is imported. */
  public String path(String ending) {
    return operations.stream().map(Operation::path).filter(path -> path.endsWith(ending)).findFirst().orElseThrow();
  }

  /** The operations by turns. */
  public Call next() {
    Operation operation = operations.get(next++ % operations.size());
    String path = operation.path();
    while (path.contains("{")) {
      path = path.replaceFirst("\\{\\w+}", mutations.oneOf(ids).replace("$", ""));
    }
    byte[] body = operation.example() == null ? null
        : mutations.nextInt(5) == 0 ? Contract.bytes(operation.example()) : mutations.of(operation.example());
    String[] header = mutations.nextInt(10) == 0
        ? new String[] {mutations.oneOf(HEADERS), mutations.oneOf(HEADER_VALUES)} : null;
    return new Call(operation.method(), path, body, mutations.nextInt(20) == 0 ? "text/plain" : "application/json", header);
  }
}
