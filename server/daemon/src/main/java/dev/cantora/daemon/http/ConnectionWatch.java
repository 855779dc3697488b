package dev.cantora.daemon.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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
    phase(ReadAhead.Phase.SERVING, 0);
  }

  /** The answer is sent, but not all of the body was read. */
  void draining() {
    phase(ReadAhead.Phase.DRAINING, System.nanoTime() + DRAIN_NS);
  }

  /** The exchange is over; the next byte begins another one. */
  void answered() {
    phase(ReadAhead.Phase.IDLE, 0);
  }

  private void phase(ReadAhead.Phase phase, long deadlineNs) {
    Watched connection = current.get(Thread.currentThread());
    if (connection != null) {
      connection.reader.enter(phase, deadlineNs);
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
    ReadAhead reader = new ReadAhead(context.dataReader(), requestTimeoutNs);
    HeadOnlyWriter writer = new HeadOnlyWriter(context.dataWriter());
    return new Watched(http.connection(new WatchedContext(context, new DataReader(reader), writer)), reader, writer);
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
}
