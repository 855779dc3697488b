package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.contract.generator.Documents.NamedSchema;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** How schemas are called in Java. */
final class JavaTypes {

  /** What a named schema becomes. ALIAS: no type of its own, its users name what it stands for. */
  enum Kind { RECORD, UNION, ENUM, ALIAS }

  private static final Map<String, String> PACKAGE_BY_FILE =
      Map.of("live.yaml", "dev.cantora.api.live", "jam.yaml", "dev.cantora.api.jam");
  private static final String DEFAULT_PACKAGE = "dev.cantora.api.model";

  private final Documents documents;

  JavaTypes(Documents documents) {
    this.documents = documents;
  }

  static String packageOf(NamedSchema schema) {
    return PACKAGE_BY_FILE.getOrDefault(schema.file(), DEFAULT_PACKAGE);
  }

  static Kind kindOf(NamedSchema schema) {
    JsonNode node = schema.node();
    if (node.has("x-cantora-fields-only")) {
      return Kind.ALIAS;
    }
    if (node.has("oneOf")) {
      return Kind.UNION;
    }
    if (node.has("enum") && node.path("type").asText().equals("string")) {
      return Kind.ENUM;
    }
    return node.has("properties") || node.has("allOf") ? Kind.RECORD : Kind.ALIAS;
  }

  /** Properties of an object schema in order, those of {@code allOf} first. */
  Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    schema.path("allOf").forEach(part -> properties.putAll(properties(target(part))));
    schema.path("properties").properties().forEach(entry -> properties.put(entry.getKey(), entry.getValue()));
    return properties;
  }

  Set<String> required(JsonNode schema) {
    Set<String> required = new LinkedHashSet<>();
    schema.path("allOf").forEach(part -> required.addAll(required(target(part))));
    schema.path("required").forEach(name -> required.add(name.asText()));
    return required;
  }

  /** The schema itself, or the one it refers to. */
  JsonNode target(JsonNode schema) {
    return schema.has("$ref") ? documents.resolve(schema.get("$ref").asText()).node() : schema;
  }

  static boolean nullable(JsonNode schema) {
    for (JsonNode type : schema.path("type")) {
      if (type.asText().equals("null")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Java type of a schema.
   *
   * @param boxed whether it may be null or stand as a type argument
   * @param nestedEnum name for an enumeration that has none
   */
  String typeOf(JsonNode schema, boolean boxed, String nestedEnum) {
    if (schema.has("$ref")) {
      NamedSchema named = documents.resolve(schema.get("$ref").asText());
      return kindOf(named) == Kind.ALIAS
          ? typeOf(named.node(), boxed, nestedEnum)
          : packageOf(named) + "." + named.name();
    }
    return switch (typeName(schema)) {
      case "string" -> schema.has("enum") ? nestedEnum : "String";
      case "boolean" -> boxed ? "Boolean" : "boolean";
      case "number" -> boxed ? "Double" : "double";
      case "integer" -> schema.path("format").asText().equals("int64") ? (boxed ? "Long" : "long") : (boxed ? "Integer" : "int");
      case "array" -> "java.util.List<" + typeOf(schema.get("items"), true, nestedEnum) + ">";
      case "object" -> "java.util.Map<String, " + (schema.path("additionalProperties").isObject()
          ? typeOf(schema.get("additionalProperties"), true, nestedEnum) : "Object") + ">";
      default -> throw new IllegalArgumentException("no Java type for " + schema);
    };
  }

  static String typeName(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return type.asText();
    }
    for (JsonNode option : type) {
      if (!option.asText().equals("null")) {
        return option.asText();
      }
    }
    return "null";
  }

  /** Constant for a value such as {@code running_flagged}, {@code 1/4}. */
  static String constant(String value) {
    String name = value.replaceAll("([a-z])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  static String capitalised(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
