package dev.cantora.client.socket;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices a connection that is gone without a word: no end of stream comes from a peer whose machine or line has died,
 * and the JDK's WebSocket can miss even one that came. A connection that has been quiet for {@link #PING_AFTER} is asked
 * with a ping; one that has been quiet for {@link #GONE_AFTER} is given up.
 */
final class Liveness {
  static final Duration PING_AFTER = Duration.ofSeconds(4);
  static final Duration GONE_AFTER = Duration.ofSeconds(12);
  private static final long LOOK_EVERY_MS = 1_000;

  private final WebSocket socket;
  private final Consumer<Throwable> lost;
  private volatile long heardNs = System.nanoTime();
  private volatile boolean delivering;
  private volatile boolean over;

  /** @param lost is told why, on a pool thread; maybe more than once */
  Liveness(WebSocket socket, Consumer<Throwable> lost) {
    this.socket = socket;
    this.lost = lost;
  }

  /** Something came. */
  void heard() {
    heardNs = System.nanoTime();
  }

  /** Hands something to the listener, which may take its time: a connection whose listener is busy is not quiet. */
  void deliver(Runnable delivery) {
    delivering = true;
    try {
      delivery.run();
    } finally {
      heard();
      delivering = false;
    }
  }

  /** No look is taken after this. */
  void end() {
    over = true;
  }

  /** Looks in a while, and from then on until the end. */
  void lookLater() {
    CompletableFuture.delayedExecutor(LOOK_EVERY_MS, TimeUnit.MILLISECONDS).execute(this::look);
  }

  private void look() {
    if (over) {
      return;
    }
    long quietNs = System.nanoTime() - heardNs;
    if (!delivering && quietNs > GONE_AFTER.toNanos()) {
      lost.accept(new IllegalStateException("nothing was heard for " + GONE_AFTER.toSeconds() + " s"));
      return;
    }
    if (!delivering && quietNs > PING_AFTER.toNanos() && !socket.isOutputClosed()) {
      socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failed) -> {
        // a ping that is still on its way says nothing: the quiet time decides
        if (failed != null && !(failed instanceof IllegalStateException)) {
          lost.accept(failed);
        }
      });
    }
    lookLater();
  }
}
