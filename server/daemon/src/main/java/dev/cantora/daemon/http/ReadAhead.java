package dev.cantora.daemon.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Pulls from a connection, at most one pull ahead, and no longer than a request may take to arrive. The connection's thread
 * pulls; one other may be told when the client is gone.
 */
final class ReadAhead implements Supplier<byte[]> {
  /** What a connection is doing: NEW before its first byte, IDLE between requests, RECEIVING one, SERVING it, DRAINING its rest. */
  enum Phase { NEW, IDLE, RECEIVING, SERVING, DRAINING }

  private final DataReader upstream;
  private final long requestTimeoutNs;
  private CompletableFuture<byte[]> ahead;
  private volatile Phase phase = Phase.NEW;
  private volatile long deadlineNs;

  /** @param requestTimeoutNs from a request's first byte to its last, and to the first byte of all */
  ReadAhead(DataReader upstream, long requestTimeoutNs) {
    this.upstream = upstream;
    this.requestTimeoutNs = requestTimeoutNs;
    this.deadlineNs = System.nanoTime() + requestTimeoutNs;
  }

  /** @param untilNs end of a phase that has one */
  void enter(Phase next, long untilNs) {
    deadlineNs = untilNs;
    phase = next;
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

  /** Runs the action when the client is gone. */
  void watch(Runnable action) {
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
