package dev.cantora.daemon.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Notices clients that leave while their request is being worked on, which Helidon does not tell. While a handler waits, the
 * next read from its connection is done ahead of time on another thread: when the client closes, that read ends. The read's
 * bytes (the beginning of a pipelined request) are what the connection reads next, so only one thread ever reads at a time.
 *
 * <p>Notices clients that are slow on purpose, too: a request must have arrived whole within its time, however its bytes are
 * spread. Helidon's sockets have no time-out for reads, so reads that are timed happen ahead, too.
 *
 * <p>Keeps bodies out of answers to HEAD.
 */
final class ConnectionWatch implements ServerConnectionSelector {
  /** How long what is left of a refused body is read and thrown away, so that the client can read the answer. */
  private static final long DRAIN_NS = 5_000_000_000L;

  private final ServerConnectionSelector http;
  private final long requestTimeoutNs;
  /** A request's handler runs on its connection's thread. */
  private final Map<Thread, Watched> current = new ConcurrentHashMap<>();

  /** @param requestTimeout from a request's first byte to its last */
  ConnectionWatch(ServerConnectionSelector http, Duration requestTimeout) {
    this.http = http;
    this.requestTimeoutNs = requestTimeout.toNanos();
  }

  /** @param only whether the request that this thread begins to serve asks for the head of an answer only */
  void headOnly(boolean only) {
    Watched connection = current.get(Thread.currentThread());
    if (connection != null) {
      connection.writer.headOnly(only);
    }
  }

  /** The request that this thread serves is here to its last byte: from now on its client may be silent. */
  void received() {
    phase(Phase.SERVING, 0);
  }

  /** The answer is sent, but not all of the body was read. */
  void draining() {
    phase(Phase.DRAINING, System.nanoTime() + DRAIN_NS);
  }

  /** The exchange is over; the next byte begins another one. */
  void answered() {
    phase(Phase.IDLE, 0);
  }

  private void phase(Phase phase, long deadlineNs) {
    Watched connection = current.get(Thread.currentThread());
    if (connection != null) {
      connection.reader.deadlineNs = deadlineNs;
      connection.reader.phase = phase;
    }
  }

  /** Runs the action when the client of the request that this thread serves closes its connection. The body must be read. */
  void onDisconnect(Runnable action) {
    Watched connection = current.get(Thread.currentThread());
    if (connection != null) {
      connection.reader.watch(action);
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ReadAhead reader = new ReadAhead(context.dataReader());
    HeadOnlyWriter writer = new HeadOnlyWriter(context.dataWriter());
    return new Watched(http.connection(new Context(context, new DataReader(reader), writer)), reader, writer);
  }

  /** What a connection is doing: NEW before its first byte, IDLE between requests, RECEIVING one, SERVING it, DRAINING its rest. */
  private enum Phase { NEW, IDLE, RECEIVING, SERVING, DRAINING }

  /** Pulls from a connection, at most one pull ahead. */
  private final class ReadAhead implements Supplier<byte[]> {
    private final DataReader upstream;
    private CompletableFuture<byte[]> ahead;
    private volatile Phase phase = Phase.NEW;
    private volatile long deadlineNs = System.nanoTime() + requestTimeoutNs;

    private ReadAhead(DataReader upstream) {
      this.upstream = upstream;
    }

    @Override
    public byte[] get() {
      CompletableFuture<byte[]> pulled;
      synchronized (this) {
        if (ahead == null && timed()) {
          pullAhead();
        }
        pulled = ahead;
      }
      byte[] bytes = pulled == null ? pull() : await(pulled);
      synchronized (this) {
        ahead = null;
      }
      if (phase == Phase.NEW || phase == Phase.IDLE) {
        deadlineNs = System.nanoTime() + requestTimeoutNs;
        phase = Phase.RECEIVING;
      }
      return bytes;
    }

    /** A client may be silent between its requests, where Helidon's idle timer counts, and while it is served. */
    private boolean timed() {
      return phase == Phase.NEW || phase == Phase.RECEIVING || phase == Phase.DRAINING;
    }

    private byte[] await(CompletableFuture<byte[]> pulled) {
      try {
        return timed() ? pulled.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS) : pulled.get();
      } catch (TimeoutException late) {
        // the pull goes on until the connection is closed, which it is next
        throw phase == Phase.RECEIVING
            ? RequestException.builder().type(DirectHandler.EventType.OTHER).status(Status.REQUEST_TIMEOUT_408)
                .setKeepAlive(false).message("The request did not arrive in time").build()
            : new CloseConnectionException("nothing came, or too much", late);
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failed.getCause());
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        throw new CloseConnectionException("interrupted", closing);
      }
    }

    private byte[] pull() {
      try {
        upstream.ensureAvailable();
      } catch (DataReader.InsufficientDataAvailableException end) {
        return null;
      }
      return upstream.readBuffer().readBytes();
    }

    private void pullAhead() {
      ahead = new CompletableFuture<>();
      CompletableFuture<byte[]> started = ahead;
      Thread.ofVirtual().name("connection-watch").start(() -> pullInto(started));
    }

    private void watch(Runnable action) {
      CompletableFuture<byte[]> watched;
      synchronized (this) {
        if (ahead == null) {
          pullAhead();
        }
        watched = ahead;
      }
      watched.whenComplete((bytes, failure) -> {
        if (bytes == null) {
          action.run();
        }
      });
    }

    private void pullInto(CompletableFuture<byte[]> target) {
      try {
        target.complete(pull());
      } catch (RuntimeException failed) {
        target.completeExceptionally(failed);
      }
    }
  }

  private final class Watched implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection delegate;
    private final ReadAhead reader;
    private final HeadOnlyWriter writer;

    private Watched(ServerConnection delegate, ReadAhead reader, HeadOnlyWriter writer) {
      this.delegate = delegate;
      this.reader = reader;
      this.writer = writer;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      current.put(Thread.currentThread(), this);
      try {
        delegate.handle(limit);
      } finally {
        current.remove(Thread.currentThread());
      }
    }

    @Override
    public Duration idleTime() {
      return delegate.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      delegate.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return delegate instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public void run() {
      throw new UnsupportedOperationException("connections are handled, not run");
    }
  }

  /** The connection with another reader and writer. */
  private record Context(ConnectionContext delegate, DataReader dataReader, DataWriter dataWriter) implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return delegate.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return delegate.executor();
    }

    @Override
    public Router router() {
      return delegate.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return delegate.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return delegate.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return delegate.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return delegate.localPeer();
    }

    @Override
    public boolean isSecure() {
      return delegate.isSecure();
    }

    @Override
    public String socketId() {
      return delegate.socketId();
    }

    @Override
    public String childSocketId() {
      return delegate.childSocketId();
    }
  }
}
