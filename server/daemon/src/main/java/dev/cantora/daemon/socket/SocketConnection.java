package dev.cantora.daemon.socket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection. Reading happens on the virtual thread that Helidon gave the connection, sending on another
 * one. All methods that send may be called from any thread and never wait.
 */
public final class SocketConnection implements ServerConnection {

  private record Ending(int code, String reason) {}

  private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);
  private static final int READ_BYTES = 4096;
  /** How long the TCP connection may outlive the session for the close handshake. */
  private static final long LINGER_NS = 2_000_000_000L;
  /** How long what is queued may take to be sent before a relay begins. */
  private static final long HAND_OVER_MS = 5000;

  private final SocketRequest request;
  private final SocketEndpoint endpoint;
  private final Heartbeat heartbeat;
  private final SystemSockets systemSockets;
  private final HelidonSocket socket;
  private final ConnectionContext context;
  private final FrameParser parser;
  private final Outbox outbox;
  private final AtomicReference<Ending> ending = new AtomicReference<>();
  private final Object listenerLock = new Object();
  private SocketListener listener;
  private boolean closedTold;
  private boolean peerClosed;
  private volatile EagerWriter eager = EagerWriter.NONE;
  private volatile SocketRelay relay;
  private volatile long lingerUntilNs = Long.MAX_VALUE;
  private final PingState pings = new PingState();

  SocketConnection(ConnectionContext context, SocketRequest request, SocketEndpoint endpoint, Heartbeat heartbeat,
      SystemSockets systemSockets, int maxMessageBytes) {
    this.context = context;
    this.systemSockets = systemSockets;
    this.request = request;
    this.endpoint = endpoint;
    this.heartbeat = heartbeat;
    this.socket = context.serverSocket();
    this.parser = new FrameParser(new Incoming(), maxMessageBytes);
    this.outbox = new Outbox(context.dataWriter(), "socket-sender-" + context.childSocketId(), this::sendFailed);
  }

  public SocketRequest request() {
    return request;
  }

  /** Sends a text as soon as possible, possibly before audio that was queued earlier. */
  public void send(OutgoingText text) {
    queue(text, false);
  }

  /** Sends a text after the audio queued so far. For the thread that produces the audio. */
  public void sendAfterFrames(OutgoingText text) {
    queue(text, true);
  }

  /** Sends a text unless the peer is behind already; for reports that the next one replaces. */
  public void offer(OutgoingText text) {
    if (ending.get() == null) {
      outbox.offer(text);
    }
  }

  /**
   * Hands over a text that replaces the one before if that still waits. It is sent once {@link #encodeReport} has made bytes of
   * it, on a thread that is not pressed for time. Allocates nothing.
   *
   * @return the text that will not be sent: the one before, this one when the connection is over, or null
   */
  public OutgoingText report(OutgoingText text) {
    return ending.get() == null ? outbox.report(text) : text;
  }

  /** Encodes the text that was handed over last, to go with the next frame. @param atOnce not to wait for one */
  public void encodeReport(boolean atOnce) {
    outbox.encodeReport(atOnce);
  }

  /** Audio comes from this queue from now on; frames left in the one before are dropped. */
  public void frames(FrameQueue queue) {
    outbox.frames(queue);
  }

  /** Has a frame sent that was published. For the thread that did. */
  public void frameReady() {
    outbox.frameReady();
  }

  /**
   * Ends the connection with a close frame. The listener hears at once; the TCP connection is gone when the peer has
   * answered, or after 2 seconds. Later calls do nothing.
   *
   * @param reason cut to 123 bytes
   */
  public void close(int code, String reason) {
    end(code, reason);
    SocketRelay far = relay;
    if (far != null) {
      far.close(code, reason);
    }
    outbox.close(code, reason); // goes nowhere once the relay has begun
  }

  /**
   * From now on another node speaks with the peer; what is queued here is still sent. Only from within the endpoint's
   * {@code open} or the listener's {@code text}, whose message is the last that is heard here.
   */
  public void relayTo(NodeSocket node) {
    relay = new SocketRelay(node, context.dataWriter());
    parser.halt();
  }

  boolean relayed() {
    return relay != null;
  }

  /** Whether the connection can still send. */
  public boolean isOpen() {
    return ending.get() == null;
  }

  @Override
  public void handle(Limit limit) {
    heartbeat.add(this);
    outbox.start();
    try {
      SocketListener opened = endpoint.open(this);
      synchronized (listenerLock) {
        listener = opened;
      }
      if (ending.get() != null) {
        tellClosed();
      } else {
        eager = systemSockets.of(socket);
        outbox.eager(eager);
      }
      read();
    } catch (RuntimeException | Error e) {
      // an Error too: Helidon would answer it in HTTP, in the middle of our frames
      LOG.warn("socket_failed", e);
      close(CloseCode.INTERNAL, "Internal error");
      drain(BufferData.create(READ_BYTES));
    } finally {
      end(CloseCode.ABNORMAL, "");
      if (peerClosed) {
        outbox.awaitEnd(1000);
      }
      outbox.abandon();
      eager.close();
      heartbeat.remove(this);
    }
  }

  @Override
  public Duration idleTime() {
    // the heartbeat decides about life and death, not Helidon's idle timer
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    close(CloseCode.GOING_AWAY, "Server shutting down");
    if (interrupt) {
      terminate();
    }
  }

  PingState pings() {
    return pings;
  }

  Outbox outbox() {
    return outbox;
  }

  /** When the TCP connection must be gone; in the far future while the session lives. */
  long lingerUntilNs() {
    return lingerUntilNs;
  }

  /** Cuts the TCP connection, whatever either side is doing. */
  void terminate() {
    outbox.abandon();
    eager.close();
    try {
      socket.close();
    } catch (UncheckedIOException e) {
      LOG.trace("socket was closed already", e);
    }
  }

  private void queue(OutgoingText text, boolean afterFrames) {
    if (ending.get() == null && !outbox.send(text, afterFrames)) {
      close(CloseCode.POLICY, "Reader too slow");
    }
  }

  private void read() {
    byte[] bytes = new byte[READ_BYTES];
    BufferData data = BufferData.create(bytes, 0, bytes.length);
    try {
      int early = context.dataReader().available();
      byte[] sentWithUpgrade = early > 0 ? context.dataReader().readBytes(early) : new byte[0];
      int used = parser.feed(sentWithUpgrade, 0, early);
      if (relay != null) {
        relay(data, bytes, sentWithUpgrade, used, early);
        return;
      }
      while (!peerClosed) {
        int count = readSome(data.reset());
        if (count < 0) {
          return;
        }
        used = parser.feed(bytes, 0, count);
        if (relay != null) {
          relay(data, bytes, bytes, used, count);
          return;
        }
      }
    } catch (ProtocolViolation e) {
      close(e.closeCode(), e.getMessage());
      drain(data);
    }
  }

  /** @param rest holds what the peer has sent behind the last message that was heard here */
  private void relay(BufferData data, byte[] bytes, byte[] rest, int from, int to) {
    outbox.finish();
    if (!outbox.awaitEnd(HAND_OVER_MS)) {
      close(CloseCode.POLICY, "Reader too slow");
    }
    if (ending.get() != null) {
      relay.end();
      drain(data);
      return;
    }
    relay.begin(this::nodeEnded);
    try {
      relay.toNode(rest, from, to);
      for (int count = readSome(data.reset()); count >= 0; count = readSome(data.reset())) {
        relay.toNode(bytes, 0, count);
      }
    } finally {
      relay.end();
    }
  }

  private void nodeEnded(boolean heard) {
    end(CloseCode.GOING_AWAY, "");
    if (heard) {
      terminate();
    }
  }

  /** Discards what a peer still sends after an error, so that our close frame is not lost to a TCP reset. */
  private void drain(BufferData data) {
    while (readSome(data.reset()) >= 0) {
      if (System.nanoTime() - lingerUntilNs > 0) {
        return;
      }
    }
  }

  /** @return bytes read, 0 after a time-out of the socket, -1 at the end */
  private int readSome(BufferData data) {
    try {
      return socket.read(data);
    } catch (UncheckedIOException e) {
      return e.getCause() instanceof SocketTimeoutException ? 0 : -1;
    }
  }

  private void sendFailed(Throwable failure) {
    LOG.trace("sender ended", failure);
    end(CloseCode.ABNORMAL, "");
    terminate();
  }

  private void end(int code, String reason) {
    if (ending.compareAndSet(null, new Ending(code, reason))) {
      lingerUntilNs = System.nanoTime() + LINGER_NS;
      tellClosed();
    }
  }

  private void tellClosed() {
    SocketListener told;
    synchronized (listenerLock) {
      if (listener == null || closedTold) {
        return;
      }
      closedTold = true;
      told = listener;
    }
    Ending how = ending.get();
    try {
      told.closed(how.code(), how.reason());
    } catch (RuntimeException e) {
      LOG.error("socket_listener_failed", e);
    }
  }

  private final class Incoming implements FrameParser.Sink {
    @Override
    public void text(String message) {
      if (ending.get() == null) {
        listener.text(message);
      }
    }

    @Override
    public void binary(int lengthBytes) {
      if (ending.get() == null) {
        listener.binary(lengthBytes);
      }
    }

    @Override
    public void ping(byte[] payload) {
      outbox.pong(payload);
    }

    @Override
    public void pong(byte[] payload) {
      pings.answered();
      outbox.answered(payload);
      if (payload.length == Long.BYTES && ByteBuffer.wrap(payload).getLong() == pings.lastId() && ending.get() == null) {
        listener.pong(System.nanoTime() - outbox.pingWrittenNs());
      }
    }

    @Override
    public void close(int code, String reason) {
      peerClosed = true;
      end(code, reason);
      outbox.close(code == CloseCode.NO_STATUS ? CloseCode.NORMAL : code, "");
    }
  }
}
