package dev.cantora.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes documents in ways that programs of strangers do, by mistake or not. Same seed, same changes. */
public final class Mutations {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;

  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  public <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  /** A copy with one to four places changed, as bytes that are mostly still JSON. */
  public byte[] of(JsonNode document) {
    JsonNode copy = document.deepCopy();
    for (int i = random.nextInt(4); i >= 0; i--) {
      change(copy);
    }
    byte[] bytes = Contract.bytes(copy);
    return switch (random.nextInt(12)) {
      case 0 -> flipped(bytes);
      case 1 -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> text(bytes).replaceFirst("\\{", "{\"notes\":[],\"notes\":[],").getBytes(StandardCharsets.UTF_8);
      case 3 -> text(bytes).replaceFirst(":(\\d)", ":" + "9".repeat(1 + random.nextInt(120)) + "$1").getBytes(StandardCharsets.UTF_8);
      default -> bytes;
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] flipped(byte[] bytes) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(5); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  private void change(JsonNode root) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    if (containers.isEmpty()) {
      return;
    }
    JsonNode container = oneOf(containers);
    if (container instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = oneOf(names);
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(oneOf(List.of("extra", "__proto__", "", "x".repeat(200), name + " ")), value());
        default -> object.set(name, value());
      }
    } else if (container instanceof ArrayNode array) {
      if (random.nextBoolean() || array.isEmpty()) {
        array.add(value());
      } else {
        array.set(random.nextInt(array.size()), value());
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private JsonNode value() {
    return switch (random.nextInt(16)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(-random.nextDouble() * 1e9);
      case 4 -> NODES.numberNode(Double.MAX_VALUE);
      case 5 -> NODES.numberNode(Double.MIN_VALUE);
      case 6 -> NODES.numberNode(Long.MIN_VALUE);
      case 7 -> NODES.textNode("");
      case 8 -> NODES.textNode("../../../etc/passwd\u0000");
      case 9 -> NODES.textNode("x".repeat(random.nextInt(20_000)));
      case 10 -> NODES.textNode("<script>alert(1)</script>\u202e\uFEFF%n%s${jndi:ldap://x}");
      case 11 -> NODES.objectNode();
      case 12 -> NODES.arrayNode();
      case 13 -> nested(random.nextInt(80));
      case 14 -> NODES.numberNode(0.1 * random.nextInt(100));
      default -> NODES.textNode(oneOf(List.of("AH", "default-voice", "last", "exact", "1.0.0", "\ud83c\udfb5", "NaN", "1e999")));
    };
  }

  private static JsonNode nested(int depth) {
    JsonNode node = NODES.numberNode(1);
    for (int i = 0; i < depth; i++) {
      node = i % 2 == 0 ? NODES.arrayNode().add(node) : NODES.objectNode().set("a", node);
    }
    return node;
  }
}
