package dev.cantora.fuzz;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** One of the contract's bundled documents. */
public final class Contract {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode root;

  private Contract(JsonNode root) {
    this.root = root;
  }

  /** REST: paths, operations and their bodies. */
  public static Contract openApi() {
    return read("openapi.json");
  }

  /** The two sockets and their messages. */
  public static Contract asyncApi() {
    return read("asyncapi.json");
  }

  private static Contract read(String name) {
    try (InputStream in = ErrorCode.class.getResourceAsStream(name)) {
      return new Contract(MAPPER.readTree(in));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static byte[] bytes(JsonNode document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  JsonNode root() {
    return root;
  }

  JsonNode schema(String name) {
    return root.path("components").path("schemas").path(name);
  }

  /** Follows references until there is none. */
  JsonNode resolved(JsonNode node) {
    JsonNode found = node;
    while (found.has("$ref")) {
      found = root.at(JsonPointer.compile(found.get("$ref").asText().substring(1)));
    }
    return found;
  }
}
