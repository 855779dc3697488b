package dev.cantora.client.socket;

import dev.cantora.client.errors.CantoraException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries to connect again after 250 ms, 500 ms and so on up to 8 s, until it works or is ended. The waits start over only
 * when the owner says that the connection holds: one that opens and breaks at once is not tried four times a second.
 */
public final class Reconnection {
  private static final long FIRST_DELAY_MS = 250;
  private static final int LONGEST_DELAY_DOUBLINGS = 5;

  private final Runnable connect;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile boolean ended;

  /** @param connect throws {@link CantoraException} while there is no connection to be had */
  public Reconnection(Runnable connect) {
    this.connect = connect;
  }

  /** False once the owner has closed. */
  public boolean wanted() {
    return !ended;
  }

  /** No attempt starts after this. */
  public void end() {
    ended = true;
  }

  /** The connection holds: the next one that breaks is tried again soon. */
  public void settled() {
    attempts.set(0);
  }

  public void begin() {
    long delayMs = FIRST_DELAY_MS << Math.min(attempts.getAndIncrement(), LONGEST_DELAY_DOUBLINGS);
    CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS).execute(() -> {
      if (ended) {
        return;
      }
      try {
        connect.run();
      } catch (CantoraException notYet) {
        begin();
      }
    });
  }
}
