package dev.cantora.daemon.security;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens per client that is filled up once a minute, counted from the client's first request (so exactly the
 * promised number passes in any such minute, and the caller can be told when the next one begins). The table is bounded:
 * buckets are kept in the order in which their minute ends, so the finished and, at the bound, the oldest go first.
 *
 * <p>Written by hand: Bucket4j would need a bounded cache beside it, and the whole of this is one map.
 */
public final class RateLimiter {
  /** Length of the window. */
  public static final long WINDOW_NS = 60_000_000_000L;

  /** What the limiter says. @param retryAfterSec whole seconds until the bucket is full again, at least 1 */
  public record Decision(boolean allowed, long retryAfterSec) {}

  private static final class Bucket {
    private final long endNs;
    private int left;

    private Bucket(long endNs, int left) {
      this.endNs = endNs;
      this.left = left;
    }
  }

  private final int perMinute;
  private final int maxClients;
  private final LongSupplier nanoClock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>();

  public RateLimiter(int perMinute, int maxClients, LongSupplier nanoClock) {
    this.perMinute = perMinute;
    this.maxClients = maxClients;
    this.nanoClock = nanoClock;
  }

  public int perMinute() {
    return perMinute;
  }

  /** Takes a token of every client key, or of none when one of them has none left. */
  public synchronized Decision tryAcquire(String... clients) {
    long nowNs = nanoClock.getAsLong();
    dropFinished(nowNs);
    long waitNs = 0;
    for (String client : clients) {
      Bucket bucket = buckets.get(client);
      if (bucket != null && bucket.left == 0) {
        waitNs = Math.max(waitNs, bucket.endNs - nowNs);
      }
    }
    if (waitNs > 0) {
      return new Decision(false, Math.max(1, (waitNs + 999_999_999L) / 1_000_000_000L));
    }
    for (String client : clients) {
      buckets.computeIfAbsent(client, key -> new Bucket(nowNs + WINDOW_NS, perMinute)).left--;
    }
    Iterator<String> oldest = buckets.keySet().iterator();
    while (buckets.size() > maxClients) {
      oldest.next();
      oldest.remove();
    }
    return new Decision(true, 0);
  }

  synchronized int trackedClients() {
    return buckets.size();
  }

  private void dropFinished(long nowNs) {
    Iterator<Bucket> each = buckets.values().iterator();
    while (each.hasNext() && each.next().endNs - nowNs <= 0) {
      each.remove();
    }
  }
}
