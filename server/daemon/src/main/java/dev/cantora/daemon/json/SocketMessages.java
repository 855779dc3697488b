package dev.cantora.daemon.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.model.Issue;
import dev.cantora.daemon.errors.ApiException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts to messages of one socket's protocol. Bounds are those of the AsyncAPI document. Thread-safe.
 *
 * @param <M> the generated sealed interface of what clients send
 */
public final class SocketMessages<M> {

  /** What a text turned out to be. */
  public sealed interface Reading<M> {}

  /** A message within all its bounds. */
  public record Valid<M>(M message) implements Reading<M> {}

  /** No JSON at all: PARSE_ERROR. */
  public record NoJson<M>() implements Reading<M> {}

  /** JSON that fits no message: INVALID_MESSAGE. @param issues at least one */
  public record Invalid<M>(List<Issue> issues) implements Reading<M> {}

  private final Class<M> type;
  private final Schemas schemas;
  /** Schema per value of the member {@code type}: the generated interface names both. */
  private final Map<String, String> schemaByType;
  private final Issue unknownType;

  /** @param schemas of the AsyncAPI document */
  public SocketMessages(Class<M> type, Schemas schemas) {
    this.type = type;
    this.schemas = schemas;
    this.schemaByType = Stream.of(type.getAnnotation(JsonSubTypes.class).value())
        .collect(Collectors.toUnmodifiableMap(JsonSubTypes.Type::name, named -> named.value().getSimpleName()));
    this.unknownType = issue("type", "must be one of " + schemaByType.keySet().stream().sorted().toList());
  }

  public Reading<M> read(String text) {
    JsonNode tree;
    try {
      tree = Json.parse(text);
    } catch (ApiException notJson) {
      return new NoJson<>();
    }
    List<Issue> issues = check(tree);
    if (!issues.isEmpty()) {
      return new Invalid<>(issues);
    }
    try {
      return new Valid<>(Json.bind(tree, type));
    } catch (ApiException doesNotFit) {
      // a number passed the schema but not the type that holds it, such as 1e300
      return new Invalid<>(List.of(issue("", "holds a number that is out of range")));
    }
  }

  private List<Issue> check(JsonNode tree) {
    if (!tree.isObject()) {
      return List.of(issue("", "must be an object"));
    }
    String schema = schemaByType.get(tree.path("type").asText());
    if (schema == null || !tree.path("type").isTextual()) {
      return List.of(unknownType);
    }
    return schemas.check(schema, tree).stream().map(found -> issue(found.path(), found.message())).toList();
  }

  private static Issue issue(String path, String message) {
    return Issue.builder().path(path).message(message).build();
  }
}
