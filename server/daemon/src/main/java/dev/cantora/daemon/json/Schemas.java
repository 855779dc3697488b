package dev.cantora.daemon.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.Issue;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The named schemas of one API document, read when they are first asked for (or by {@link #prepare}, so that a start need not
 * wait for them) and compiled once. Bounds that are defaults of settings (marked
 * {@code x-cantora-limits}) are replaced by what the operator configured.
 */
public final class Schemas {
  /** Issues that an answer lists at most; one request can break thousands of bounds. */
  private static final int MAX_ISSUES = 50;

  private static final String COMPONENTS = "#/components/schemas/";

  private final FutureTask<SchemaRegistry> registry;
  private final String documentIri;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  private Schemas(String resource, Map<String, Integer> limits) {
    this.documentIri = "urn:cantora:" + resource;
    this.registry = new FutureTask<>(() -> read(resource, documentIri, limits));
  }

  private static SchemaRegistry read(String resource, String documentIri, Map<String, Integer> limits) throws IOException {
    JsonNode document;
    try (InputStream in = ErrorCode.class.getResourceAsStream(resource)) {
      document = Json.parse(in.readAllBytes());
    }
    applyLimits(document, limits);
    String text = Json.text(document);
    return SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(), builder -> builder
        .schemas(Map.of(documentIri, text))
        .schemaRegistryConfig(SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER).locale(Locale.ENGLISH).cacheRefs(true).build()));
  }

  /**
   * @param resource document in the API jar, such as {@code openapi.json}
   * @param limits configured bounds by the expression that the document names, such as {@code MAX_NOTES_PER_SCORE}
   */
  public static Schemas load(String resource, Map<String, Integer> limits) {
    if (ErrorCode.class.getResource(resource) == null) {
      throw new IllegalStateException("the API jar has no " + resource);
    }
    return new Schemas(resource, Map.copyOf(limits));
  }

  /** Reads the document now. */
  public void prepare() {
    registry.run();
  }

  private SchemaRegistry registry() {
    prepare();
    try {
      return registry.get();
    } catch (ExecutionException broken) {
      throw new IllegalStateException("the API document cannot be read", broken.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the API document is read", stopped);
    }
  }

  /** Every violation of a schema, at most {@value #MAX_ISSUES}; empty when the value is valid. */
  public List<Issue> check(String schemaName, JsonNode value) {
    Schema schema = compiled.computeIfAbsent(schemaName, this::compile);
    List<Issue> issues = new ArrayList<>();
    for (Error error : schema.validate(value)) {
      if (issues.size() == MAX_ISSUES) {
        break;
      }
      issues.add(issue(error));
    }
    return issues;
  }

  /** @throws ApiException INVALID_BODY with all issues, the first of them in the hint */
  public void require(String schemaName, JsonNode value) {
    List<Issue> issues = check(schemaName, value);
    if (!issues.isEmpty()) {
      throw invalidBody(issues);
    }
  }

  /** The error for a body with these issues. */
  public static ApiException invalidBody(List<Issue> issues) {
    Issue first = issues.getFirst();
    String where = first.path().isEmpty() ? "the body" : first.path();
    return ApiException.builder(ErrorCode.INVALID_BODY)
        .topLevel("issues", issues)
        .hint(ErrorCode.INVALID_BODY.hint(Map.of("path", where, "problem", first.message())))
        .build();
  }

  private Schema compile(String name) {
    Schema schema = registry().getSchema(SchemaLocation.of(documentIri + COMPONENTS + name));
    schema.initializeValidators();
    return schema;
  }

  private static Issue issue(Error error) {
    String path = dotted(error.getInstanceLocation());
    String keyword = String.valueOf(error.getKeyword());
    if (keyword.equals("required") && error.getProperty() != null) {
      String missing = path.isEmpty() ? error.getProperty() : path + "." + error.getProperty();
      return new Issue(missing, "is required", keyword);
    }
    if (keyword.equals("additionalProperties") && error.getProperty() != null) {
      String unknown = path.isEmpty() ? error.getProperty() : path + "." + error.getProperty();
      return new Issue(bounded(unknown), "is not a known field", keyword);
    }
    return new Issue(path, bounded(message(error)), keyword);
  }

  /** networknt prefixes its messages with the pointer, which the issue has in its own field. */
  private static String message(Error error) {
    String message = error.getMessage();
    String pointer = error.getInstanceLocation().toString() + ": ";
    return message.startsWith(pointer) ? message.substring(pointer.length()) : message;
  }

  private static String dotted(NodePath path) {
    StringBuilder dots = new StringBuilder();
    for (int i = 0; i < path.getNameCount(); i++) {
      dots.append(i == 0 ? "" : ".").append(path.getElement(i));
    }
    return bounded(dots.toString());
  }

  private static String bounded(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  private static void applyLimits(JsonNode node, Map<String, Integer> limits) {
    if (node instanceof ObjectNode object && object.path("x-cantora-limits").isObject()) {
      object.get("x-cantora-limits").properties().forEach(limit -> {
        Integer configured = limits.get(limit.getValue().asText());
        if (configured != null) {
          object.put(limit.getKey(), configured);
        }
      });
    }
    node.forEach(child -> applyLimits(child, limits));
  }
}
