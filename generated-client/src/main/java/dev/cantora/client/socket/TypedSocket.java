package dev.cantora.client.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.client.errors.ConnectionException;
import dev.cantora.client.http.Transport;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A WebSocket with typed text messages. Sending is thread-safe and in order; received messages come one at a time.
 *
 * @param <C> what the client sends
 * @param <S> what the daemon sends
 */
public final class TypedSocket<C, S> implements AutoCloseable {

  /** Receives what the daemon sends, on a thread of the HTTP client. */
  public interface Listener<S> {
    void onMessage(S message);

    void onFrame(AudioFrame frame);

    /** The connection is over; nothing else comes. @param code close code, 1006 when the connection broke */
    void onClosed(int code, String reason);
  }

  private final WebSocket socket;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private TypedSocket(WebSocket socket) {
    this.socket = socket;
  }

  /** @throws ConnectionException when the socket cannot be opened */
  public static <C, S> TypedSocket<C, S> open(HttpClient http, URI uri, Class<S> serverMessages, Listener<S> listener) {
    try {
      return new TypedSocket<>(Transport.await(http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10))
          .buildAsync(uri, new Receiver<>(serverMessages, listener))));
    } catch (ConnectionException failed) {
      // the URI holds the key: it stays out of the message
      throw new ConnectionException("cannot open " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath(),
          failed.getCause());
    }
  }

  /** Sends a message; the future completes when it is on its way. */
  public synchronized CompletableFuture<?> send(C message) {
    String text;
    try {
      text = Transport.json().writeValueAsString(message);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("cannot be written as JSON: " + message.getClass(), unwritable);
    }
    // the JDK's socket takes one send at a time
    lastSend = lastSend.handle((done, failed) -> null).thenCompose(ready -> socket.sendText(text, true));
    return lastSend;
  }

  @Override
  public synchronized void close() {
    lastSend = lastSend.handle((done, failed) -> null)
        .thenCompose(ready -> socket.isOutputClosed() ? CompletableFuture.completedFuture(socket)
            : socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
  }

  private static final class Receiver<S> implements WebSocket.Listener {
    private final Class<S> type;
    private final Listener<S> listener;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    Receiver(Class<S> type, Listener<S> listener) {
      this.type = type;
      this.listener = listener;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        S parsed = parsed(message);
        if (parsed != null) {
          listener.onMessage(parsed);
        }
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
        byte[] message = binary.toByteArray();
        binary.reset();
        listener.onFrame(AudioFrame.parse(ByteBuffer.wrap(message)));
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      listener.onClosed(statusCode, reason);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      listener.onClosed(1006, String.valueOf(error));
    }

    /** Null for a message type that only a later daemon knows. */
    private S parsed(String message) {
      try {
        JsonNode tree = Transport.json().readTree(message);
        return Transport.json().treeToValue(tree, type);
      } catch (JsonProcessingException unknown) {
        return null;
      }
    }
  }
}
