package dev.cantora.daemon.jam;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.model.Issue;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts to messages of the jam protocol. Bounds are those of the AsyncAPI document. Thread-safe. */
final class JamProtocol {

  static final int VERSION = 1;

  /** Schema per value of {@code type}: the generated interface names both. */
  private static final Map<String, String> SCHEMAS =
      Stream.of(JamClientMessage.class.getAnnotation(JsonSubTypes.class).value())
          .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, type -> type.value().getSimpleName()));

  private final Schemas schemas;

  JamProtocol(Schemas schemas) {
    this.schemas = schemas;
  }

  /** What does not fit, empty for a valid message. */
  List<Issue> check(JsonNode tree) {
    if (!tree.isObject()) {
      return List.of(issue("", "must be an object"));
    }
    String schema = SCHEMAS.get(tree.path("type").asText());
    if (schema == null || !tree.path("type").isTextual()) {
      return List.of(issue("type", "must be one of " + SCHEMAS.keySet().stream().sorted().toList()));
    }
    return schemas.check(schema, tree).stream().map(found -> issue(found.path(), found.message())).toList();
  }

  /** A checked message. */
  JamClientMessage bind(JsonNode tree) {
    return Json.bind(tree, JamClientMessage.class);
  }

  private static Issue issue(String path, String message) {
    return Issue.builder().path(path).message(message).build();
  }
}
