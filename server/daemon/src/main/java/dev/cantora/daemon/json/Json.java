package dev.cantora.daemon.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The daemon's JSON reader and writer. Thread-safe. */
public final class Json {
  /** Nesting that is read; the deepest document of the API has 7 levels. */
  public static final int MAX_DEPTH = 64;

  private static final int MAX_NUMBER_CHARS = 100;
  private static final int MAX_NAME_CHARS = 1000;

  private static final ObjectMapper MAPPER = JsonMapper.builder(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_CHARS).maxNameLength(MAX_NAME_CHARS)
                  .maxStringLength(Integer.MAX_VALUE).build())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .build())
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .serializationInclusion(JsonInclude.Include.NON_ABSENT)
      .build();

  private static final ObjectWriter COMPACT = MAPPER.writer();

  private Json() {}

  /** A new, empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Parses one JSON document in UTF-8.
   *
   * @throws ApiException INVALID_JSON saying where, without quoting the input
   */
  public static JsonNode parse(byte[] utf8) {
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException notUtf8) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body is not valid UTF-8.");
    }
  }

  /** As {@link #parse(byte[])}, for text that is decoded already. */
  public static JsonNode parse(String text) {
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    JsonNode tree;
    try {
      tree = MAPPER.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body is not valid JSON" + where(broken) + ".");
    }
    if (tree == null || tree.isMissingNode()) {
      throw new ApiException(ErrorCode.INVALID_JSON, "The body is empty; JSON was expected.");
    }
    requireRepresentable(tree);
    return tree;
  }

  /** Binds a tree to a record or bean; unknown members are ignored. */
  public static <T> T bind(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException doesNotFit) {
      throw ApiException.builder(ErrorCode.INTERNAL_ERROR).cause(doesNotFit).build();
    }
  }

  /** Trees, maps, records and lists as a tree. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Compact JSON in UTF-8. */
  public static byte[] bytes(Object value) {
    try {
      return COMPACT.writeValueAsBytes(value);
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
  }

  /** Compact JSON. */
  public static String text(Object value) {
    try {
      return COMPACT.writeValueAsString(value);
    } catch (IOException cannotHappen) {
      throw new UncheckedIOException(cannotHappen);
    }
  }

  private static String where(JsonProcessingException broken) {
    var location = broken.getLocation();
    return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  /** Numbers too large for a double and halves of surrogate pairs parse, but could never be written again. */
  private static void requireRepresentable(JsonNode node) {
    switch (node.getNodeType()) {
      case NUMBER -> {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
          throw new ApiException(ErrorCode.INVALID_JSON, "The body holds a number that is too large.");
        }
      }
      case STRING -> requirePairedSurrogates(node.textValue());
      case ARRAY -> node.forEach(Json::requireRepresentable);
      case OBJECT -> node.properties().forEach(member -> {
        requirePairedSurrogates(member.getKey());
        requireRepresentable(member.getValue());
      });
      default -> { }
    }
  }

  private static void requirePairedSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new ApiException(ErrorCode.INVALID_JSON, "The body holds half of a surrogate pair.");
        }
        i++;
      }
    }
  }
}
