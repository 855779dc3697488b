package dev.cantora.daemon.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
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
import java.util.function.Supplier;

/**
 * Notices clients that leave while their request is being worked on, which Helidon does not tell. While a handler waits, the
 * next read from its connection is done ahead of time on another thread: when the client closes, that read ends. The read's
 * bytes (the beginning of a pipelined request) are what the connection reads next, so only one thread ever reads at a time.
 */
final class ConnectionWatch implements ServerConnectionSelector {
  private final ServerConnectionSelector http;
  /** A request's handler runs on its connection's thread. */
  private final Map<Thread, ReadAhead> current = new ConcurrentHashMap<>();

  ConnectionWatch(ServerConnectionSelector http) {
    this.http = http;
  }

  /** Runs the action when the client of the request that this thread serves closes its connection. The body must be read. */
  void onDisconnect(Runnable action) {
    ReadAhead reader = current.get(Thread.currentThread());
    if (reader != null) {
      reader.watch(action);
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
    return new Watched(http.connection(new Context(context, new DataReader(reader))), reader);
  }

  /** Pulls from a connection, at most one pull ahead. */
  private static final class ReadAhead implements Supplier<byte[]> {
    private final DataReader upstream;
    private CompletableFuture<byte[]> ahead;

    private ReadAhead(DataReader upstream) {
      this.upstream = upstream;
    }

    @Override
    public byte[] get() {
      CompletableFuture<byte[]> pulled;
      synchronized (this) {
        pulled = ahead;
        ahead = null;
      }
      if (pulled == null) {
        return pull();
      }
      try {
        return pulled.get();
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

    private void watch(Runnable action) {
      CompletableFuture<byte[]> watched;
      synchronized (this) {
        if (ahead == null) {
          ahead = new CompletableFuture<>();
          CompletableFuture<byte[]> started = ahead;
          Thread.ofVirtual().name("connection-watch").start(() -> pullInto(started));
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

    private Watched(ServerConnection delegate, ReadAhead reader) {
      this.delegate = delegate;
      this.reader = reader;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      current.put(Thread.currentThread(), reader);
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

  /** The connection with another reader. */
  private record Context(ConnectionContext delegate, DataReader dataReader) implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return delegate.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return delegate.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return delegate.dataWriter();
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
