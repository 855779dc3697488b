package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes the table of REST operations and holds them against the error catalogue. */
final class Operations {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode openApi;
  private final Map<String, JsonNode> catalogue = new HashMap<>();

  Operations(JsonNode openApi, JsonNode errors) {
    this.openApi = openApi;
    errors.get("codes").forEach(code -> catalogue.put(code.get("code").asText(), code));
  }

  void writeTo(Output output) throws IOException {
    List<String> constants = new ArrayList<>();
    openApi.get("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
      if (METHODS.contains(method.getKey())) {
        constants.add(constant(path.getKey(), path.getValue(), method.getKey(), method.getValue()));
      }
    }));
    List<String> anyCodes = codes(openApi.get("components").get("responses").get("Error"));
    output.writeJava("dev.cantora.api.Operation", """
        package dev.cantora.api;

        import java.util.Set;

        /** Every REST operation. Generated from openapi.yaml. */
        public enum Operation {
        %s;

          /** Who may call an operation. OWNER: the principal that owns the resource, or an administrator. */
          public enum Auth { OPEN, PRINCIPAL, OWNER, ADMIN }

          /** Codes that any operation can answer beside its own. */
          public static final Set<ErrorCode> COMMON_CODES = Set.of(%s);

          private final String id;
          private final String method;
          private final String path;
          private final boolean prefixed;
          private final Auth auth;
          private final boolean limited;
          private final boolean planBody;
          private final String bodySchema;
          private final boolean fileBody;
          private final Set<ErrorCode> codes;

          Operation(String id, String method, String path, boolean prefixed, Auth auth, boolean limited,
              boolean planBody, String bodySchema, boolean fileBody, Set<ErrorCode> codes) {
            this.id = id;
            this.method = method;
            this.path = path;
            this.prefixed = prefixed;
            this.auth = auth;
            this.limited = limited;
            this.planBody = planBody;
            this.bodySchema = bodySchema;
            this.fileBody = fileBody;
            this.codes = codes;
          }

          /** The operationId of the document. */
          public String id() {
            return id;
          }

          /** HTTP method in capitals. */
          public String method() {
            return method;
          }

          /** Path below the mount, with parameters in braces. */
          public String path() {
            return path;
          }

          /** Whether it lives below /api/v1 and /api; the probes do not. */
          public boolean prefixed() {
            return prefixed;
          }

          public Auth auth() {
            return auth;
          }

          /** Whether it counts against the rate limit. */
          public boolean limited() {
            return limited;
          }

          /** Whether a score with a plan may come, in a body that is larger than others. */
          public boolean planBody() {
            return planBody;
          }

          /** Name of the JSON body's schema among the components of openapi.json, or null for operations without one. */
          public String bodySchema() {
            return bodySchema;
          }

          /** Whether its body is a file of another kind than JSON, taken as it comes. */
          public boolean fileBody() {
            return fileBody;
          }

          /** Whether it begins work: a daemon that drains refuses it with SERVER_SHUTDOWN. */
          public boolean beginsWork() {
            return method.equals("POST") && codes.contains(ErrorCode.SERVER_SHUTDOWN);
          }

          /** Codes that the operation itself can answer. */
          public Set<ErrorCode> codes() {
            return codes;
          }
        }
        """.formatted(String.join(",\n", constants), errorCodes(anyCodes)));
  }

  private String constant(String path, JsonNode pathItem, String method, JsonNode operation) {
    String id = operation.get("operationId").asText();
    List<String> codes = codes(operation);
    requireStatuses(id, operation, codes);
    JsonNode content = operation.at("/requestBody/content");
    String body = content.at("/application~1json/schema/$ref").asText(null);
    boolean file = content.isObject() && !content.has("application/json");
    return "  %s(\"%s\", \"%s\", \"%s\", %s, Auth.%s, %s, %s, %s, %s,\n      Set.of(%s))".formatted(
        JavaTypes.constant(id), id, method.toUpperCase(Locale.ROOT), path, !pathItem.has("servers"),
        operation.get("x-cantora-auth").asText().toUpperCase(Locale.ROOT), operation.path("x-cantora-limited").asBoolean(),
        operation.path("x-cantora-plan-body").asBoolean(),
        body == null ? "null" : JavaText.literal(body.substring(body.lastIndexOf('/') + 1)), file, errorCodes(codes));
  }

  /** An operation documents exactly the error statuses of its codes. */
  private void requireStatuses(String id, JsonNode operation, List<String> codes) {
    Set<String> expected = codes.stream().map(code -> catalogue.get(code).get("httpStatus").asText())
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> documented = new TreeSet<>();
    operation.get("responses").properties().forEach(response -> {
      boolean envelope = response.getValue().has("$ref");
      if (envelope && !response.getKey().equals("default")) {
        documented.add(response.getKey());
      }
    });
    if (!expected.equals(documented)) {
      throw new IllegalArgumentException(id + " has codes of " + expected + " but documents " + documented);
    }
  }

  private List<String> codes(JsonNode node) {
    List<String> codes = new ArrayList<>();
    node.path("x-cantora-codes").forEach(code -> codes.add(code.asText()));
    for (String code : codes) {
      JsonNode entry = catalogue.get(code);
      if (entry == null || entry.get("httpStatus").isNull()) {
        throw new IllegalArgumentException(code + " is not a code of the catalogue with an HTTP status");
      }
    }
    return codes;
  }

  private static String errorCodes(List<String> codes) {
    return codes.stream().map(code -> "ErrorCode." + code).collect(Collectors.joining(", "));
  }
}
