package dev.cantora.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Documents that fit a schema, at random: required members always, others half of the time, numbers often at their bounds.
 * Knows the keywords that the contract uses; of patterns it knows only what the schema's example or the caller's words say.
 */
public final class Shapes {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_ITEMS = 4;
  private static final int MOST_CHARS = 40;
  private static final int MOST_DEPTH = 12;
  private static final List<String> WORDS = List.of("la", "amazing", "grace", "AH", "EE", "OO", "choir", "a1", "n-2", "k_3");

  private final Contract contract;
  private final Random random;
  private final Function<String, List<String>> known;

  /** @param known words worth using as the value of a member, such as ids that exist; an empty list when there are none */
  public Shapes(Contract contract, Random random, Function<String, List<String>> known) {
    this.contract = contract;
    this.random = random;
    this.known = known;
  }

  /** @param schema name among the document's schemas */
  public JsonNode of(String schema) {
    return of(contract.schema(schema), "", 0);
  }

  private JsonNode of(JsonNode unresolved, String member, int depth) {
    JsonNode schema = contract.resolved(unresolved);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return oneOf(schema.get("enum"));
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return of(oneOf(schema.get(choice)), member, depth);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, member, depth);
      case "string" -> NODES.textNode(text(schema, member));
      case "integer" -> NODES.numberNode(Math.round(number(schema)));
      case "number" -> NODES.numberNode(number(schema));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      default -> NODES.objectNode();
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(0).asText() : type.asText(schema.has("allOf") || schema.has("properties") ? "object" : "");
  }

  private JsonNode oneOf(JsonNode items) {
    return items.get(random.nextInt(items.size()));
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode part : schema.path("allOf")) {
      object.setAll(object(contract.resolved(part), depth));
    }
    List<String> required = new java.util.ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema.path("properties").properties().forEach(property -> {
      if (required.contains(property.getKey()) || depth < MOST_DEPTH && random.nextBoolean()) {
        object.set(property.getKey(), of(property.getValue(), property.getKey(), depth + 1));
      }
    });
    JsonNode further = schema.path("additionalProperties");
    if (further.isObject()) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set(text(schema.path("propertyNames"), "timbre"), of(further, "", depth + 1));
      }
    }
    return object;
  }

  private ArrayNode array(JsonNode schema, String member, int depth) {
    ArrayNode array = NODES.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(MOST_ITEMS), least + MOST_ITEMS);
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      array.add(of(schema.path("items"), member, depth + 1));
    }
    return array;
  }

  private String text(JsonNode unresolved, String member) {
    JsonNode schema = contract.resolved(unresolved);
    if (schema.has("enum")) {
      return oneOf(schema.get("enum")).asText();
    }
    List<String> words = known.apply(member);
    if (!words.isEmpty() && (schema.has("pattern") || random.nextInt(8) != 0)) {
      return words.get(random.nextInt(words.size()));
    }
    if (schema.path("examples").path(0).isTextual() && (schema.has("pattern") || random.nextBoolean())) {
      return oneOf(schema.get("examples")).asText();
    }
    int least = schema.path("minLength").asInt(0);
    int most = Math.min(schema.path("maxLength").asInt(MOST_CHARS), Math.max(least, MOST_CHARS));
    StringBuilder text = new StringBuilder(WORDS.get(random.nextInt(WORDS.size())));
    while (text.length() < least) {
      text.append('x');
    }
    return text.substring(0, Math.min(text.length(), most));
  }

  private double number(JsonNode schema) {
    double least = schema.has("exclusiveMinimum") ? schema.get("exclusiveMinimum").asDouble() + 1e-3
        : schema.path("minimum").asDouble(-1e6);
    double most = schema.path("maximum").asDouble(Math.max(1e6, least));
    double value = switch (random.nextInt(8)) {
      case 0 -> least;
      case 1 -> most;
      case 2, 3 -> least + random.nextDouble() * (Math.min(most, least + 100) - least);
      default -> least + random.nextDouble() * (most - least);
    };
    return Math.min(most, Math.max(least, schema.has("multipleOf")
        ? Math.rint(value / schema.get("multipleOf").asDouble()) * schema.get("multipleOf").asDouble() : value));
  }
}
