package dev.cantora.daemon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what a test expects to come about. */
public final class Await {
  /** Far more than anything takes: whoever waits for that long waits for something that does not come. */
  private static final long MOST_NS = TimeUnit.SECONDS.toNanos(40);
  private static final long PAUSE_MS = 20;

  private Await() {}

  /** Asks until the condition holds. @param what is awaited, for the message */
  public static void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + MOST_NS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - endNs).as(what).isNegative();
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
