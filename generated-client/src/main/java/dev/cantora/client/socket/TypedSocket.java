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
import java.util.concurrent.atomic.AtomicBoolean;

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
  private final Receiver<S> receiver;
  private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);

  private TypedSocket(WebSocket socket, Receiver<S> receiver) {
    this.socket = socket;
    this.receiver = receiver;
  }

  /** @throws ConnectionException when the socket cannot be opened */
  public static <C, S> TypedSocket<C, S> open(HttpClient http, URI uri, Class<S> serverMessages, Listener<S> listener) {
    Receiver<S> receiver = new Receiver<>(serverMessages, listener);
    try {
      return new TypedSocket<>(Transport.await(http.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10))
          .buildAsync(uri, receiver)), receiver);
    } catch (ConnectionException failed) {
      // the URI holds the key: it stays out of the message
      throw new ConnectionException("cannot open " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath(),
          failed.getCause());
    }
  }

  /** Sends a message; the future completes when it is on its way. A message that cannot be sent ends the connection. */
  public synchronized CompletableFuture<?> send(C message) {
    String text;
    try {
      text = Transport.json().writeValueAsString(message);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("cannot be written as JSON: " + message.getClass(), unwritable);
    }
    // the JDK's socket takes one send at a time
    lastSend = lastSend.handle((done, failed) -> null).thenCompose(ready -> socket.sendText(text, true))
        .whenComplete((sent, failed) -> {
          if (failed != null && !socket.isOutputClosed()) {
            abandon(failed);
          }
        });
    return lastSend;
  }

  @Override
  public synchronized void close() {
    lastSend = lastSend.handle((done, failed) -> null)
        .thenCompose(ready -> socket.isOutputClosed() ? CompletableFuture.completedFuture(socket)
            : socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
  }

  /** Cuts the connection at once; the listener hears 1006 unless it has heard of an end already. */
  public void abandon(Throwable reason) {
    receiver.lost(socket, reason);
  }

  private static final class Receiver<S> implements WebSocket.Listener {
    private static final int BROKEN = 1006;

    private final Class<S> type;
    private final Listener<S> listener;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Liveness liveness;

    Receiver(Class<S> type, Listener<S> listener) {
      this.type = type;
      this.listener = listener;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
      liveness = new Liveness(webSocket, reason -> lost(webSocket, reason));
      liveness.lookLater();
      webSocket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      liveness.heard();
      text.append(data);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        S parsed = parsed(message);
        if (parsed != null) {
          liveness.deliver(() -> listener.onMessage(parsed));
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      liveness.heard();
      byte[] part = new byte[data.remaining()];
      data.get(part);
      binary.writeBytes(part);
      if (last) {
        byte[] message = binary.toByteArray();
        binary.reset();
        liveness.deliver(() -> listener.onFrame(AudioFrame.parse(ByteBuffer.wrap(message))));
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer data) {
      liveness.heard();
      return WebSocket.Listener.super.onPing(webSocket, data);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer data) {
      liveness.heard();
      return WebSocket.Listener.super.onPong(webSocket, data);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      if (statusCode == BROKEN) {
        // else the JDK says a normal goodbye, and a line that is cut in one direction only carries it to the daemon
        webSocket.abort();
      }
      closed(statusCode, reason);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed(BROKEN, String.valueOf(error));
    }

    void lost(WebSocket webSocket, Throwable reason) {
      webSocket.abort();
      closed(BROKEN, String.valueOf(reason));
    }

    private void closed(int code, String reason) {
      if (over.compareAndSet(false, true)) {
        liveness.end();
        listener.onClosed(code, reason);
      }
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
