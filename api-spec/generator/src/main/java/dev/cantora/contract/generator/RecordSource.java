package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.contract.generator.Documents.NamedSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes one object schema as a record with a builder. */
final class RecordSource {
  private final NamedSchema schema;
  private final JavaTypes types;
  private final List<NamedSchema> unions;
  private final List<Component> components = new ArrayList<>();
  private final List<Component> constants = new ArrayList<>();

  RecordSource(NamedSchema schema, JavaTypes types, List<NamedSchema> unions) {
    this.schema = schema;
    this.types = types;
    this.unions = unions;
    Set<String> required = types.required(schema.node());
    for (Map.Entry<String, JsonNode> property : types.properties(schema.node()).entrySet()) {
      Component component = component(property.getKey(), property.getValue(), required.contains(property.getKey()));
      if (!component.target().has("const")) {
        components.add(component);
      } else if (!isDiscriminator(property.getKey())) {
        constants.add(component);
      }
    }
  }

  String text() {
    String name = schema.name();
    StringBuilder text = new StringBuilder(ModelSources.header(schema));
    text.append("import com.fasterxml.jackson.annotation.JsonIgnoreProperties;\n");
    text.append("import com.fasterxml.jackson.annotation.JsonInclude;\n");
    text.append(constants.isEmpty() ? "\n" : "import com.fasterxml.jackson.annotation.JsonProperty;\n\n");
    text.append(JavaText.javadocBlock(schema.node().path("description").asText(), "", components.stream()
        .map(c -> "@param " + c.name() + " " + JavaText.javadoc(c.documentation())).toList()));
    text.append("@JsonInclude(JsonInclude.Include.NON_NULL)\n@JsonIgnoreProperties(ignoreUnknown = true)\n");
    text.append("public record ").append(name).append('(');
    text.append(components.stream().map(c -> "\n    " + c.annotation() + c.type() + " " + c.name()).collect(Collectors.joining(",")));
    text.append(')');
    if (!unions.isEmpty()) {
      text.append(" implements ").append(unions.stream().map(NamedSchema::name).collect(Collectors.joining(", ")));
    }
    text.append(" {\n");
    constructor(text);
    constants.forEach(constant -> text.append("""

          /** Always {@code %1$s}. */
          @JsonProperty(value = "%2$s", access = JsonProperty.Access.READ_ONLY)
          public boolean %2$s() {
            return %1$s;
          }
        """.formatted(constant.target().get("const").asText(), constant.name())));
    components.forEach(component -> component.appendDefault(text));
    if (!components.isEmpty()) {
      builder(text);
    }
    components.forEach(component -> component.appendEnum(text));
    return text.append("}\n").toString();
  }

  private void constructor(StringBuilder text) {
    List<String> statements = components.stream().map(Component::check).filter(s -> !s.isEmpty()).toList();
    if (!statements.isEmpty()) {
      text.append("  public ").append(schema.name()).append(" {\n");
      statements.forEach(statement -> text.append("    ").append(statement).append('\n'));
      text.append("  }\n");
    }
  }

  private void builder(StringBuilder text) {
    String name = schema.name();
    text.append("""

          public static Builder builder() {
            return new Builder();
          }

          /** A builder that starts with the values of this record. */
          public Builder toBuilder() {
            Builder builder = new Builder();
        """);
    components.forEach(c -> text.append("    builder.%1$s = %1$s;\n".formatted(c.name())));
    text.append("    return builder;\n  }\n\n  /** Sets members by name; those left out are absent. */\n");
    text.append("  public static final class Builder {\n");
    components.forEach(c -> text.append("    private %s %s;\n".formatted(c.type(), c.name())));
    text.append("\n    private Builder() {}\n");
    components.forEach(c -> text.append("""

            /** %4$s */
            public Builder %2$s(%1$s %2$s) {
              this.%2$s = %2$s;
              return this;
            }
        """.formatted(c.type(), c.name(), name, JavaText.javadoc(c.documentation()))));
    text.append("\n    public %1$s build() {\n      return new %1$s(%2$s);\n    }\n  }\n".formatted(
        name, components.stream().map(Component::name).collect(Collectors.joining(", "))));
  }

  private boolean isDiscriminator(String property) {
    return unions.stream().anyMatch(u -> u.node().get("discriminator").get("propertyName").asText().equals(property));
  }

  private Component component(String name, JsonNode node, boolean required) {
    JsonNode target = types.target(node);
    boolean nullable = JavaTypes.nullable(target);
    String nested = JavaTypes.capitalised(name);
    return new Component(name, types.typeOf(node, !required || nullable, nested), node, target, required, nullable, nested);
  }

  /**
   * A member of the record.
   *
   * @param node the property as written
   * @param target the property, its reference followed
   * @param nested name of the enumeration it declares, if it does
   */
  private record Component(
      String name, String type, JsonNode node, JsonNode target, boolean required, boolean nullable, String nested) {

    String annotation() {
      return required && nullable
          ? "@com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.ALWAYS) " : "";
    }

    String documentation() {
      StringBuilder text = new StringBuilder();
      String description = node.path("description").asText(target.path("description").asText(""));
      text.append(description.isEmpty() ? name : description.replaceAll("\\.$", ""));
      bound(text, "minimum", "at least ");
      bound(text, "maximum", "at most ");
      bound(text, "maxLength", "longest ");
      bound(text, "maxItems", "most items ");
      if (value("default") != null) {
        text.append("; default ").append(value("default").asText());
      }
      return text.append(required ? "" : "; or null").toString();
    }

    private void bound(StringBuilder text, String keyword, String words) {
      if (value(keyword) != null) {
        text.append("; ").append(words).append(value(keyword).asText());
      }
    }

    private JsonNode value(String keyword) {
      return node.has(keyword) ? node.get(keyword) : target.get(keyword);
    }

    String check() {
      if (type.startsWith("java.util.List")) {
        return required ? "%1$s = java.util.List.copyOf(%1$s);".formatted(name)
            : "%1$s = %1$s == null ? null : java.util.List.copyOf(%1$s);".formatted(name);
      }
      if (type.startsWith("java.util.Map")) {
        String copy = "java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(%s))".formatted(name);
        return required ? name + " = " + copy + ";" : "%1$s = %1$s == null ? null : %2$s;".formatted(name, copy);
      }
      boolean reference = !Set.of("boolean", "int", "long", "double").contains(type);
      return required && !nullable && reference ? "java.util.Objects.requireNonNull(%1$s, \"%1$s\");".formatted(name) : "";
    }

    void appendDefault(StringBuilder text) {
      if (required || value("default") == null) {
        return;
      }
      String value = switch (type) {
        case "String" -> JavaText.literal(value("default").asText());
        case "Integer", "Boolean" -> value("default").asText();
        case "Double" -> Double.toString(value("default").asDouble());
        default -> type + "." + JavaTypes.constant(value("default").asText());
      };
      text.append("""

            /** The value, or the default where it is absent. */
            public %1$s %2$sOrDefault() {
              return %2$s == null ? %3$s : %2$s;
            }
          """.formatted(unboxed(), name, value));
    }

    private String unboxed() {
      return switch (type) {
        case "Integer" -> "int";
        case "Boolean" -> "boolean";
        case "Double" -> "double";
        default -> type;
      };
    }

    void appendEnum(StringBuilder text) {
      if (target.has("enum") && type.equals(nested)) {
        text.append("\n  /** Values of {@code ").append(name).append("}. */\n  public ");
        text.append(ModelSources.enumBody(nested, target, "  "));
      }
    }
  }
}
