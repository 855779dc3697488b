package dev.cantora.client.socket;

import dev.cantora.client.errors.ConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tries to connect again after 250 ms, 500 ms and so on up to 8 s, until it works or is ended. */
public final class Reconnection {
  private static final long FIRST_DELAY_MS = 250;
  private static final int LONGEST_DELAY_DOUBLINGS = 5;

  private final Runnable connect;
  private volatile boolean ended;

  /** @param connect throws {@link ConnectionException} while there is no connection to be had */
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

  public void begin() {
    attempt(0);
  }

  private void attempt(int number) {
    long delayMs = FIRST_DELAY_MS << Math.min(number, LONGEST_DELAY_DOUBLINGS);
    CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS).execute(() -> {
      if (ended) {
        return;
      }
      try {
        connect.run();
      } catch (ConnectionException notYet) {
        attempt(number + 1);
      }
    });
  }
}
