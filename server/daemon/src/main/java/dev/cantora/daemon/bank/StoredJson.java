package dev.cantora.daemon.bank;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as the store holds it: UTF-8, indented by two spaces, laid out like {@code JSON.stringify(value, null, 2)}. */
public final class StoredJson {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final ObjectWriter PRETTY = MAPPER.writer(printer());

  private StoredJson() {}

  public static byte[] pretty(Object value) throws IOException {
    return PRETTY.writeValueAsBytes(value);
  }

  public static byte[] compact(Object value) throws IOException {
    return MAPPER.writeValueAsBytes(value);
  }

  static void compact(Object value, OutputStream out) throws IOException {
    MAPPER.writeValue(out, value);
  }

  static long compactBytes(byte[] json) throws IOException {
    return compact(MAPPER.readTree(json)).length;
  }

  /** @throws IOException when it is no meta: not JSON, or without id, name or time */
  public static RenderMeta meta(byte[] json) throws IOException {
    RenderMeta meta = MAPPER.readValue(json, RenderMeta.class);
    if (meta == null || meta.id() == null || meta.name() == null || meta.createdAt() == null || meta.wavHash() == null) {
      throw new IOException("meta.json lacks members");
    }
    return meta;
  }

  public static JsonNode tree(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** @throws IOException when the bytes are not one JSON value */
  public static void requireJson(byte[] json) throws IOException {
    try (JsonParser parser = MAPPER.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("empty");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
    }
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter twoSpaces = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter(DefaultPrettyPrinter.DEFAULT_SEPARATORS
        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
        .withArrayEmptySeparator("")
        .withObjectEmptySeparator(""))
        .withObjectIndenter(twoSpaces)
        .withArrayIndenter(twoSpaces);
  }
}
