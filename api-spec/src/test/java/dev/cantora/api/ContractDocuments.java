package dev.cantora.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The bundled documents, and validation against their named schemas. */
final class ContractDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private ContractDocuments() {}

  /** @param name {@code openapi}, {@code asyncapi} or {@code errors} */
  static JsonNode read(String name) {
    try (var in = ContractDocuments.class.getResourceAsStream("/dev/cantora/api/" + name + ".json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param pointer JSON pointer of the schema inside the document */
  static List<Error> validate(String document, String pointer, JsonNode value) {
    Schema schema = SCHEMAS.getSchema(SchemaLocation.of("classpath:dev/cantora/api/" + document + ".json#" + pointer));
    return schema.validate(value.toString(), InputFormat.JSON);
  }
}
