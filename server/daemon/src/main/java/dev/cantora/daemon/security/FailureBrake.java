package dev.cantora.daemon.security;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses keys. After a handful of failures within a minute each further answer to that address waits,
 * longer every time, up to a second. Only failures wait, so a valid key from behind the same address is not held up,
 * and only so many wait at once, so guessing cannot tie up the daemon. While that many wait, keys from addresses that guess
 * are not looked at: else who guesses over enough connections would not wait at all.
 */
public final class FailureBrake {
  private static final int FREE_FAILURES = 10;
  private static final long FIRST_DELAY_NS = 50_000_000L;
  private static final long MAX_DELAY_NS = 1_000_000_000L;
  private static final long FORGET_NS = 60_000_000_000L;
  private static final int MAX_TRACKED = 10_000;
  private static final int MAX_WAITING = 32;

  private record Failures(int count, long lastNs) {}

  private final LongSupplier nanoClock;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);
  private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
      return size() > MAX_TRACKED;
    }
  };

  public FailureBrake(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** As {@link Authenticator#authenticate}; empty also for a key that is not looked at now, right or wrong. */
  public Optional<Principal> authenticate(Authenticator authenticator, String key, String client) {
    return authenticator.open() || !refuses(client) ? authenticator.authenticate(key) : Optional.empty();
  }

  private boolean refuses(String client) {
    return waiting.availablePermits() == 0 && guesses(client);
  }

  private synchronized boolean guesses(String client) {
    return recent(client, nanoClock.getAsLong()) > FREE_FAILURES;
  }

  /** Failures that are not forgotten. */
  private int recent(String client, long nowNs) {
    Failures before = failures.get(client);
    return before == null || nowNs - before.lastNs > FORGET_NS ? 0 : before.count;
  }

  /** Notes a failure of a client and waits as long as it has earned. */
  public void failed(String client) {
    long delayNs = delayNs(client);
    if (delayNs > 0 && waiting.tryAcquire()) {
      try {
        LockSupport.parkNanos(delayNs);
      } finally {
        waiting.release();
      }
    }
  }

  /** Counts a failure; nanoseconds that its answer should wait. */
  synchronized long delayNs(String client) {
    long nowNs = nanoClock.getAsLong();
    int count = recent(client, nowNs) + 1;
    failures.put(client, new Failures(count, nowNs));
    int beyond = count - FREE_FAILURES;
    return beyond <= 0 ? 0 : Math.min(MAX_DELAY_NS, FIRST_DELAY_NS << Math.min(beyond - 1, 10));
  }
}
