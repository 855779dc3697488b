package dev.cantora.daemon.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.SocketConformance;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A live client on the JDK's WebSocket. Telemetry is kept apart from the other messages, as it comes at any time. */
public final class LivePeer implements WebSocket.Listener, AutoCloseable {

  /** An audio frame. */
  public record Frame(long seq, int channels, int format, int sampleRateHz, int blockSize, byte[] bytes) {
    static Frame of(ByteBuffer data) {
      ByteBuffer view = data.slice().order(ByteOrder.LITTLE_ENDIAN);
      byte[] all = new byte[view.remaining()];
      view.duplicate().get(all);
      return new Frame(view.getInt(0) & 0xFFFFFFFFL, view.getShort(4), view.getShort(6), view.getInt(8), view.getInt(12), all);
    }

    public float[] samples() {
      float[] samples = new float[(bytes.length - 16) / 4];
      ByteBuffer.wrap(bytes, 16, bytes.length - 16).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
      return samples;
    }
  }

  /** How the server ended the connection. */
  public record Closing(int code, String reason) {}

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long TIMEOUT_SEC = 20;
  /** For a message among others that keep coming. */
  private static final long PATIENCE_NS = 60_000_000_000L;

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> telemetry = new LinkedBlockingQueue<>();
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closing> closing = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final java.io.ByteArrayOutputStream binary = new java.io.ByteArrayOutputStream();
  private final List<String> raw = new ArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final String path;
  private WebSocket socket;

  private LivePeer(String path) {
    this.path = path;
  }

  public static LivePeer connect(int port, String pathAndQuery) {
    return connect(port, pathAndQuery, Map.of());
  }

  /** @param headers of the handshake */
  public static LivePeer connect(int port, String pathAndQuery, Map<String, String> headers) {
    LivePeer peer = new LivePeer(pathAndQuery);
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    headers.forEach(builder::header);
    peer.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + pathAndQuery), peer).join();
    return peer;
  }

  public void send(String json) {
    try {
      socket.sendText(json, true).join();
    } catch (CompletionException closed) {
      // the server may have ended the connection; what it said shows that
      closing.complete(new Closing(1006, ""));
    }
  }

  /** Sends this message again and again, whatever the machine's pace, until one of this type comes back. */
  public JsonNode flood(String json, String type) {
    for (int burst = 0; burst < 100; burst++) {
      for (int i = 0; i < 400; i++) {
        send(json);
      }
      for (JsonNode message : drain(1)) {
        if (message.path("type").asText().equals(type)) {
          return message;
        }
      }
    }
    throw new AssertionError("no " + type + " after 40,000 messages");
  }

  public WebSocket socket() {
    return socket;
  }

  /** The next message of this type; others before it are dropped. */
  public JsonNode await(String type) {
    return await(message -> message.path("type").asText().equals(type), type);
  }

  public JsonNode await(Predicate<JsonNode> fits, String what) {
    List<JsonNode> passed = new ArrayList<>();
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (true) {
      JsonNode message = poll(messages, () -> what + ", only " + passed);
      if (System.nanoTime() > endNs) {
        throw new AssertionError("no " + what + ", only " + passed);
      }
      if (fits.test(message)) {
        return message;
      }
      passed.add(message);
    }
  }

  /** The next message, whatever it is. */
  public JsonNode next() {
    return poll(messages, "message");
  }

  /** What comes within this time. */
  public List<JsonNode> drain(long millis) {
    List<JsonNode> all = new ArrayList<>();
    try {
      JsonNode first = messages.poll(millis, TimeUnit.MILLISECONDS);
      if (first != null) {
        all.add(first);
        messages.drainTo(all);
      }
      return all;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public JsonNode awaitTelemetry(Predicate<JsonNode> fits) {
    while (true) {
      JsonNode message = poll(telemetry, "telemetry");
      if (fits.test(message)) {
        return message;
      }
    }
  }

  public Frame nextFrame() {
    return poll(frames, "frame");
  }

  /** Samples of so many frames, which must be in sequence. */
  public float[] play(int count) {
    float[] all = new float[0];
    for (int i = 0; i < count; i++) {
      float[] more = nextFrame().samples();
      all = java.util.Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(more, 0, all, all.length - more.length, more.length);
    }
    return all;
  }

  public int framesWaiting() {
    return frames.size();
  }

  public List<Frame> drainFrames() {
    List<Frame> all = new ArrayList<>();
    frames.drainTo(all);
    return all;
  }

  public Closing awaitClosing() {
    try {
      return closing.get(TIMEOUT_SEC, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server did not close", e);
    }
  }

  /** Texts exactly as they came, telemetry included. */
  public List<String> rawTexts() {
    synchronized (raw) {
      return List.copyOf(raw);
    }
  }

  /** Goes away without a word. */
  public void vanish() {
    socket.abort();
  }

  /** @throws AssertionError when the server sent anything that the AsyncAPI document does not know */
  @Override
  public void close() {
    socket.abort();
    if (!violations.isEmpty()) {
      throw new AssertionError(String.join("\n", violations));
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      synchronized (raw) {
        raw.add(whole);
      }
      try {
        SocketConformance.check(path, whole);
      } catch (AssertionError violation) {
        violations.add(violation.getMessage());
      }
      JsonNode message = Json.parse(whole);
      (message.path("type").asText().equals("telemetry") ? telemetry : messages).add(message);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    binary.writeBytes(part);
    if (last) {
      frames.add(Frame.of(ByteBuffer.wrap(binary.toByteArray())));
      binary.reset();
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closing.complete(new Closing(statusCode, reason));
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closing.complete(new Closing(1006, String.valueOf(error)));
  }

  private static <T> T poll(BlockingQueue<T> queue, String what) {
    return poll(queue, () -> what);
  }

  private static <T> T poll(BlockingQueue<T> queue, Supplier<String> what) {
    try {
      T item = queue.poll(TIMEOUT_SEC, TimeUnit.SECONDS);
      if (item == null) {
        throw new AssertionError("no " + what.get());
      }
      return item;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
