package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.contract.generator.Documents.NamedSchema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes one self-contained document: every schema that is referenced, directly or not, moves to
 * {@code components/schemas} under its name, and the references follow.
 */
final class Bundle {
  private static final String COMPONENT = "#/components/schemas/";

  private final Documents documents;
  private final Map<String, JsonNode> components = new TreeMap<>();
  private final Deque<NamedSchema> pending = new ArrayDeque<>();

  private Bundle(Documents documents) {
    this.documents = documents;
  }

  static ObjectNode of(JsonNode root, Documents documents) {
    Bundle bundle = new Bundle(documents);
    ObjectNode document = (ObjectNode) bundle.rewrite(root);
    while (!bundle.pending.isEmpty()) {
      NamedSchema schema = bundle.pending.remove();
      bundle.components.put(schema.name(), bundle.rewrite(schema.node()));
    }
    ObjectNode schemas = document.withObject("/components/schemas");
    bundle.components.forEach((name, node) -> {
      if (schemas.has(name)) {
        throw new IllegalArgumentException("schema " + name + " is in schemas/ and in the document");
      }
      schemas.set(name, node);
    });
    return document;
  }

  static String json(JsonNode document) {
    return document.toPrettyString() + "\n";
  }

  private JsonNode rewrite(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> copy.add(rewrite(item)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(entry -> copy.set(entry.getKey(), switch (entry.getKey()) {
      case "$ref" -> reference(entry.getValue());
      case "mapping" -> mapping(entry.getValue());
      case "x-cantora-event" -> named(entry.getValue());
      default -> rewrite(entry.getValue());
    }));
    return copy;
  }

  private JsonNode mapping(JsonNode node) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(entry -> copy.set(entry.getKey(), reference(entry.getValue())));
    return copy;
  }

  private JsonNode reference(JsonNode node) {
    String reference = node.asText();
    if (reference.startsWith("#/components/") || reference.startsWith("#/channels/")) {
      return node;
    }
    return JsonNodeFactory.instance.textNode(COMPONENT + include(reference).name());
  }

  /** The name of a schema, outside of where a document may refer to one. */
  private JsonNode named(JsonNode node) {
    include("#/" + node.asText());
    return node;
  }

  private NamedSchema include(String reference) {
    NamedSchema schema = documents.resolve(reference);
    if (!components.containsKey(schema.name())) {
      components.put(schema.name(), schema.node());
      pending.add(schema);
    }
    return schema;
  }
}
