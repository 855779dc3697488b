package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two never write at once, and nothing that was queued is left lying. */
@Timeout(60)
class SenderTurnTest {

  private static final int MESSAGES = 200_000;

  private final SenderTurn turn = new SenderTurn();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicInteger writers = new AtomicInteger();
  private volatile boolean collided;
  /** Plain on purpose: whoever has the turn must see what the one before wrote. */
  private long written;
  private volatile boolean over;

  @Test
  void allIsWrittenByOneAtATime() throws InterruptedException {
    Thread sender = Thread.ofVirtual().unstarted(this::send);
    sender.start();
    Thread other = Thread.ofPlatform().start(() -> {
      for (int i = 0; i < MESSAGES; i++) {
        queued.incrementAndGet();
        turn.wake(sender);
      }
    });
    int stoodIn = 0;
    for (int i = 0; i < MESSAGES; i++) {
      queued.incrementAndGet();
      if (turn.standIn()) {
        write();
        stoodIn++;
        turn.end(queued.get() == written, sender);
      } else {
        turn.wake(sender);
      }
      if (i % 64 == 0) {
        Thread.yield();
      }
    }
    other.join();
    over = true;
    turn.wake(sender);
    sender.join();
    assertThat(collided).isFalse();
    assertThat(written).isEqualTo(2L * MESSAGES);
    assertThat(stoodIn).isPositive();
  }

  private void send() {
    while (true) {
      turn.begin();
      boolean last = over;
      write();
      if (last) {
        return;
      }
      turn.sleep();
    }
  }

  private void write() {
    if (writers.incrementAndGet() != 1) {
      collided = true;
    }
    written = queued.get();
    writers.decrementAndGet();
  }
}
