package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that render one song after the other until they are told to stop. */
final class BusyRenders implements AutoCloseable {

  private static final int SECONDS = 30;
  private static final int VOICES = 4;

  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean stopped;

  BusyRenders(DaemonProcess daemon, int count) {
    byte[] order = TestScore.order(SECONDS, VOICES, true);
    for (int i = 0; i < count; i++) {
      clients.add(Thread.ofVirtual().start(() -> run(daemon, order)));
    }
  }

  private void run(DaemonProcess daemon, byte[] order) {
    try (ServiceClient client = new ServiceClient(daemon.uri())) {
      while (!stopped) {
        client.render(order);
        done.incrementAndGet();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renders finished so far. */
  int done() {
    return done.get();
  }

  /** Waits for the renders under way. */
  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
