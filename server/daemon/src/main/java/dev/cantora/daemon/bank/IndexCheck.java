package dev.cantora.daemon.bank;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Reads every render that the start took from the {@link MetaLog} and reports those whose folder says otherwise. Runs in the
 * background, once, behind everything else that wants the disk.
 */
final class IndexCheck implements AutoCloseable {
  private static final long DELAY_SEC = 10;

  private final Thread thread;
  private final CountDownLatch begin = new CountDownLatch(1);
  private volatile boolean stopped;

  /** @param differs told the entry and what was found in its place, null when it is damaged */
  IndexCheck(Collection<StoreScan.Entry> entries, BiConsumer<StoreScan.Entry, StoreScan.Entry> differs) {
    List<StoreScan.Entry> toCheck = List.copyOf(entries);
    this.thread = Thread.ofPlatform().daemon().name("bank-check").priority(Thread.MIN_PRIORITY).start(() -> run(toCheck, differs));
  }

  private void run(List<StoreScan.Entry> entries, BiConsumer<StoreScan.Entry, StoreScan.Entry> differs) {
    awaitQuiet();
    for (StoreScan.Entry entry : entries) {
      if (stopped) {
        return;
      }
      StoreScan.Entry found = null;
      try {
        found = StoreScan.entry(entry.folder());
      } catch (IOException | RuntimeException damaged) {
        // reported as null
      }
      if (!entry.equals(found)) {
        differs.accept(entry, found);
      }
    }
  }

  /** The first seconds of a daemon belong to its first requests. */
  private void awaitQuiet() {
    try {
      begin.await(DELAY_SEC, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      stopped = true;
    }
  }

  /** Runs at once and returns when done. */
  void finish() throws InterruptedException {
    begin.countDown();
    thread.join();
  }

  @Override
  public void close() {
    stopped = true;
    begin.countDown();
  }
}
