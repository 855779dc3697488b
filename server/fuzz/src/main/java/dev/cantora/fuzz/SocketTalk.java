package dev.cantora.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of one socket may say, made from the AsyncAPI document, and what strangers make of it. Uses ids it has
 * overheard, so that mutations reach beyond the first check. For one thread, but for {@link #overhear}.
 */
public final class SocketTalk {
  private static final Pattern ID = Pattern.compile("\"(sessionId|trackId|participantId|resumeToken|jobId|recordingId)\":\"([^\"]{1,128})\"");
  private static final int MOST_KNOWN = 16;
  private static final List<String> NOTES = List.of("a", "b", "c", "d");
  private static final List<String> VOICES = List.of("default-voice", "default-voice", "nobody");

  /** The two sockets. */
  public enum Channel {
    LIVE("/ws"), JAM("/ws/jam");

    private final String path;

    Channel(String path) {
      this.path = path;
    }

    public String path() {
      return path;
    }
  }

  private final Map<String, List<String>> known = new ConcurrentHashMap<>(
      Map.of("noteId", NOTES, "presetId", VOICES, "formatVersion", List.of("1.0.0"), "language", List.of("en-US", "ja-JP")));
  private final List<String> types;
  private final Shapes shapes;
  private final Mutations mutations;

  public SocketTalk(Channel channel, long seed) {
    Contract contract = Contract.asyncApi();
    this.shapes = new Shapes(contract, new Random(seed), member -> known.getOrDefault(member, List.of()));
    this.mutations = new Mutations(seed);
    String name = channel.name().charAt(0) + channel.name().substring(1).toLowerCase(Locale.ROOT);
    this.types = contract.root().path("operations").path("receive" + name).path("messages").valueStream()
        .map(message -> contract.resolved(message).path("payload").path("$ref").asText())
        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1)).toList();
  }

  /** Schemas of what clients send. */
  public List<String> types() {
    return types;
  }

  /** Learns ids from what the daemon says. Any thread. */
  public void overhear(String text) {
    Matcher ids = ID.matcher(text);
    while (ids.find()) {
      List<String> words = known.computeIfAbsent(ids.group(1), any -> new CopyOnWriteArrayList<>());
      if (!words.contains(ids.group(2))) {
        words.add(ids.group(2));
        if (words.size() > MOST_KNOWN) {
          words.removeFirst();
        }
      }
    }
  }

  /** A message that fits its schema. Seldom a greeting: one of another protocol ends the connection. */
  public JsonNode message() {
    String type = mutations.oneOf(types);
    return message(type.endsWith("Hello") && mutations.nextInt(20) != 0 ? mutations.oneOf(types) : type);
  }

  public JsonNode message(String type) {
    return shapes.of(type);
  }

  /** A message as it is, or mutated, or noise that was never one. Hardly ever no UTF-8, which ends the connection. */
  public byte[] utterance() {
    return switch (mutations.nextInt(10)) {
      case 0, 1, 2 -> Contract.bytes(message());
      case 3 -> noise();
      default -> {
        byte[] mutated = mutations.of(message());
        yield mutations.nextInt(100) == 0 ? mutated : new String(mutated, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
      }
    };
  }

  private byte[] noise() {
    StringBuilder text = new StringBuilder();
    for (int i = mutations.nextInt(80); i > 0; i--) {
      text.appendCodePoint(mutations.nextInt(4) == 0 ? mutations.nextInt(0xD800) : 32 + mutations.nextInt(95));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
