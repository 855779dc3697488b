package dev.cantora.daemon.live;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.live.LiveClientMessage;
import dev.cantora.api.model.Issue;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.json.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts to messages of the live protocol. Bounds are those of the AsyncAPI document. Thread-safe. */
final class LiveProtocol {

  static final int VERSION = 1;

  /** Schema per value of {@code type}: the generated interface names both. */
  private static final Map<String, String> SCHEMAS =
      Stream.of(LiveClientMessage.class.getAnnotation(JsonSubTypes.class).value())
          .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, type -> type.value().getSimpleName()));

  private static final Issue UNKNOWN_TYPE = issue("type", "must be one of " + SCHEMAS.keySet().stream().sorted().toList());

  private final Schemas schemas;

  LiveProtocol(Schemas schemas) {
    this.schemas = schemas;
  }

  /** @throws dev.cantora.daemon.errors.ApiException when it is not JSON */
  JsonNode parse(String text) {
    return Json.parse(text);
  }

  /** What does not fit, empty for a valid message. */
  List<Issue> check(JsonNode tree) {
    if (!tree.isObject()) {
      return List.of(issue("", "must be an object"));
    }
    String schema = SCHEMAS.get(tree.path("type").asText());
    if (schema == null || !tree.path("type").isTextual()) {
      return List.of(UNKNOWN_TYPE);
    }
    return schemas.check(schema, tree).stream().map(found -> issue(found.path(), found.message())).toList();
  }

  /** A checked message; empty where a number passed the schema but not the type that holds it, such as 1e300. */
  Optional<LiveClientMessage> bind(JsonNode tree) {
    try {
      return Optional.of(Json.bind(tree, LiveClientMessage.class));
    } catch (ApiException doesNotFit) {
      return Optional.empty();
    }
  }

  private static Issue issue(String path, String message) {
    return Issue.builder().path(path).message(message).build();
  }
}
