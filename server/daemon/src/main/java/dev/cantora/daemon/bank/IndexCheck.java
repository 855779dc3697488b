package dev.cantora.daemon.bank;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Reads every render that the start took from the {@link MetaLog} and reports those whose folder says otherwise. Runs in the
 * background, once, behind everything else that wants the disk; their metas are parsed a little earlier.
 */
final class IndexCheck implements AutoCloseable {
  private static final long PARSE_DELAY_SEC = 1;
  private static final long READ_DELAY_SEC = 10;

  private final Thread thread;
  private final CountDownLatch begin = new CountDownLatch(1);
  private volatile boolean stopped;

  /** @param differs told the entry and what was found in its place, null when it is damaged */
  IndexCheck(Collection<StoreEntry> entries, BiConsumer<StoreEntry, StoreEntry> differs) {
    List<StoreEntry> toCheck = List.copyOf(entries);
    this.thread = Thread.ofPlatform().daemon().name("bank-check").priority(Thread.MIN_PRIORITY).start(() -> run(toCheck, differs));
  }

  private void run(List<StoreEntry> entries, BiConsumer<StoreEntry, StoreEntry> differs) {
    awaitQuiet(PARSE_DELAY_SEC);
    for (StoreEntry entry : entries) {
      if (stopped) {
        return;
      }
      parse(entry);
    }
    awaitQuiet(READ_DELAY_SEC);
    for (StoreEntry entry : entries) {
      if (stopped) {
        return;
      }
      compare(entry, differs);
    }
  }

  /** So that the first list need not. */
  private static void parse(StoreEntry entry) {
    try {
      entry.meta();
    } catch (RuntimeException noMeta) {
      // will differ from what its folder says
    }
  }

  private static void compare(StoreEntry entry, BiConsumer<StoreEntry, StoreEntry> differs) {
    StoreEntry found = null;
    boolean same = false;
    try {
      found = StoreScan.entry(entry.folder());
      same = entry.says(found);
    } catch (IOException | RuntimeException damaged) {
      // differs
    }
    if (!same) {
      differs.accept(entry, found);
    }
  }

  /** The first seconds of a daemon belong to its first requests. */
  private void awaitQuiet(long sec) {
    try {
      begin.await(sec, TimeUnit.SECONDS);
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
