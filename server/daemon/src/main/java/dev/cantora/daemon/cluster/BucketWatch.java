package dev.cantora.daemon.cluster;

import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener of every value of a bucket, and knows how much it has told: whoever is about to remove what nobody needs
 * must not take for missing what merely has not been heard. A value that the listener cannot make sense of, say one that a
 * newer node wrote, counts as not told until that key is written again. Thread-safe.
 */
final class BucketWatch implements KeyValueWatcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BucketWatch.class);
  private static final long BEHIND_MS = 2000;

  private final Consumer<Bucket.Entry> listener;
  private final LongSupplier lastWritten;
  private final Set<String> misunderstood = new HashSet<>();
  private long told;
  private boolean begun;
  private AutoCloseable subscription;

  /** @param lastWritten revision of the latest write to the bucket, from its leader */
  BucketWatch(Consumer<Bucket.Entry> listener, LongSupplier lastWritten) {
    this.listener = listener;
    this.lastWritten = lastWritten;
  }

  @Override
  public void watch(KeyValueEntry entry) {
    boolean there = entry.getOperation() == KeyValueOperation.PUT;
    boolean understood = true;
    try {
      listener.accept(new Bucket.Entry(entry.getKey(), there ? entry.getValue() : null, entry.getRevision()));
    } catch (RuntimeException strange) {
      understood = false;
      LOG.atWarn().addKeyValue("bucket", entry.getBucket()).addKeyValue("key", entry.getKey()).setCause(strange)
          .log("cluster_value_not_understood");
    }
    synchronized (this) {
      if (understood) {
        misunderstood.remove(entry.getKey());
      } else {
        misunderstood.add(entry.getKey());
      }
      told = Math.max(told, entry.getRevision());
      notifyAll();
    }
  }

  @Override
  public synchronized void endOfData() {
    begun = true;
    notifyAll();
  }

  /** @param from revision of the latest write before it began: its message may be gone, and then is never told */
  synchronized boolean awaitBegun(AutoCloseable running, long from, long patienceMs) throws InterruptedException {
    subscription = running;
    await(() -> begun, patienceMs);
    told = Math.max(told, from);
    return begun;
  }

  private synchronized void await(BooleanSupplier condition, long patienceMs) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
    while (!condition.getAsBoolean() && System.nanoTime() < endNs) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, endNs - System.nanoTime()));
    }
  }

  /** Waits a little until everything that was written before the call has been told. @return whether it has, and was understood */
  boolean caughtUp() {
    long written = lastWritten.getAsLong();
    synchronized (this) {
      try {
        await(() -> told >= written, BEHIND_MS);
      } catch (InterruptedException stopped) {
        throw ClusterLink.interrupted(stopped);
      }
      return told >= written && misunderstood.isEmpty();
    }
  }

  @Override
  public void close() throws Exception {
    subscription.close();
  }
}
