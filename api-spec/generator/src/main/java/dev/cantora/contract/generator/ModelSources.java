package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.contract.generator.Documents.NamedSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes the named schemas as Java: objects as records, {@code oneOf} with a discriminator as sealed interfaces,
 * enumerations as enums. Jackson annotations carry the wire names.
 */
final class ModelSources {
  private final Documents documents;
  private final JavaTypes types;
  private final Map<String, List<NamedSchema>> unionsByMember = new TreeMap<>();

  ModelSources(Documents documents) {
    this.documents = documents;
    this.types = new JavaTypes(documents);
    for (NamedSchema schema : documents.schemas()) {
      if (JavaTypes.kindOf(schema) == JavaTypes.Kind.UNION) {
        members(schema).values().forEach(
            member -> unionsByMember.computeIfAbsent(member.name(), name -> new ArrayList<>()).add(schema));
      }
    }
  }

  void writeTo(Output output) throws IOException {
    for (NamedSchema schema : documents.schemas()) {
      String text = switch (JavaTypes.kindOf(schema)) {
        case RECORD -> new RecordSource(schema, types, unionsByMember.getOrDefault(schema.name(), List.of())).text();
        case UNION -> union(schema);
        case ENUM -> header(schema) + JavaText.javadocBlock(schema.node().path("description").asText(), "")
            + "public " + enumBody(schema.name(), schema.node(), "");
        case ALIAS -> null;
      };
      if (text != null) {
        output.writeJava(JavaTypes.packageOf(schema) + "." + schema.name(), text);
      }
    }
  }

  /** Members of a union by the value of its discriminator. */
  private Map<String, NamedSchema> members(NamedSchema union) {
    JsonNode mapping = union.node().path("discriminator").path("mapping");
    if (mapping.size() != union.node().get("oneOf").size()) {
      throw new IllegalArgumentException(union.name() + " needs a discriminator mapping for each of its members");
    }
    Map<String, NamedSchema> members = new java.util.LinkedHashMap<>();
    mapping.properties().forEach(entry -> members.put(entry.getKey(), documents.resolve(entry.getValue().asText())));
    return members;
  }

  private String union(NamedSchema schema) {
    Map<String, NamedSchema> members = members(schema);
    String property = schema.node().get("discriminator").get("propertyName").asText();
    return header(schema) + """
        import com.fasterxml.jackson.annotation.JsonSubTypes;
        import com.fasterxml.jackson.annotation.JsonTypeInfo;

        %s@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "%s")
        @JsonSubTypes({
        %s
        })
        public sealed interface %s permits
        %s {}
        """.formatted(
        JavaText.javadocBlock(schema.node().path("description").asText(), ""), property,
        members.entrySet().stream()
            .map(entry -> "  @JsonSubTypes.Type(value = %s.class, name = \"%s\")".formatted(entry.getValue().name(), entry.getKey()))
            .collect(Collectors.joining(",\n")),
        schema.name(),
        members.values().stream().map(member -> "    " + member.name()).collect(Collectors.joining(",\n")));
  }

  static String header(NamedSchema schema) {
    return "package " + JavaTypes.packageOf(schema) + ";\n\n";
  }

  static String enumBody(String name, JsonNode schema, String indent) {
    List<String> constants = new ArrayList<>();
    JsonNode names = schema.path("x-enum-varnames");
    for (int i = 0; i < schema.get("enum").size(); i++) {
      String value = schema.get("enum").get(i).asText();
      constants.add("%s  @com.fasterxml.jackson.annotation.JsonProperty(\"%s\") %s(\"%s\")".formatted(
          indent, value, names.has(i) ? names.get(i).asText() : JavaTypes.constant(value), value));
    }
    return """
        enum %1$s {
        %2$s;

        %3$s  private final String wire;

        %3$s  %1$s(String wire) {
        %3$s    this.wire = wire;
        %3$s  }

        %3$s  /** The value as it goes over the wire. */
        %3$s  public String wire() {
        %3$s    return wire;
        %3$s  }
        %3$s}
        """.formatted(name, String.join(",\n", constants), indent);
  }
}
