package dev.cantora.daemon.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a list of keys in any of its three forms; the first character that is not blank decides:
 * {@code [{"id":..,"key":..,"admin":true}]}, {@code {"id":"key"}} or {@code id:key,id:key} (commas or new lines; split at
 * the first colon). Only the first form can name administrators.
 */
final class KeyListParser {
  private static final int MAX_ID_CHARS = 128;

  private KeyListParser() {}

  /** @throws IllegalArgumentException with the second half of a sentence that never quotes a key */
  static List<AccessKey> parse(String text) {
    String list = text.strip();
    if (list.isEmpty()) {
      return List.of();
    }
    List<AccessKey> keys = switch (list.charAt(0)) {
      case '[' -> fromArray(json(list));
      case '{' -> fromObject(json(list));
      default -> fromCommaList(list);
    };
    Set<String> ids = new HashSet<>();
    for (AccessKey key : keys) {
      if (!ids.add(key.principal().id())) {
        throw new IllegalArgumentException("names the id '" + key.principal().id() + "' twice");
      }
    }
    return keys;
  }

  private static JsonNode json(String list) {
    try {
      return Json.parse(list);
    } catch (ApiException broken) {
      throw new IllegalArgumentException("is not valid JSON", broken);
    }
  }

  private static List<AccessKey> fromArray(JsonNode array) {
    List<AccessKey> keys = new ArrayList<>();
    for (JsonNode entry : array) {
      JsonNode id = entry.path("id");
      JsonNode key = entry.path("key");
      JsonNode admin = entry.path("admin");
      if (!id.isTextual() || !key.isTextual() || !(admin.isMissingNode() || admin.isBoolean())) {
        throw new IllegalArgumentException(
            "has an entry " + keys.size() + " that is not {\"id\": text, \"key\": text, \"admin\"?: true or false}");
      }
      keys.add(key(id.textValue(), key.textValue(), admin.asBoolean(false)));
    }
    return keys;
  }

  private static List<AccessKey> fromObject(JsonNode object) {
    List<AccessKey> keys = new ArrayList<>();
    object.properties().forEach(member -> {
      if (!member.getValue().isTextual()) {
        throw new IllegalArgumentException("has an id whose key is not text");
      }
      keys.add(key(member.getKey(), member.getValue().textValue(), false));
    });
    return keys;
  }

  private static List<AccessKey> fromCommaList(String list) {
    List<AccessKey> keys = new ArrayList<>();
    for (String item : list.split("[,\\r\\n]+")) {
      String pair = item.strip();
      if (pair.isEmpty()) {
        continue;
      }
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("has an entry " + keys.size() + " that is not id:key");
      }
      keys.add(key(pair.substring(0, colon).strip(), pair.substring(colon + 1).strip(), false));
    }
    return keys;
  }

  private static AccessKey key(String id, String key, boolean admin) {
    if (id.isEmpty() || id.length() > MAX_ID_CHARS || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("has an id that is not 1 to " + MAX_ID_CHARS + " printable characters");
    }
    if (key.isEmpty()) {
      throw new IllegalArgumentException("has an empty key for '" + id + "'");
    }
    return AccessKey.of(new Principal(id, admin), key);
  }
}
