package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.Budget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The account of all nodes: one value that is only ever changed by compare-and-set, so renders saved on different nodes at
 * the same time cannot pass the budget together. Thread-safe.
 */
final class ClusterLedger implements AutoCloseable {
  static final String BUCKET = "cantora-budget";
  private static final String KEY = "account";
  /** Longer than any render; what a dead node promised is void then. */
  private static final Duration VALID = Duration.ofMinutes(30);
  private static final int MAX_BACKOFF_MS = 20;

  private final Bucket bucket;
  private final Account.Limits limits;
  private final String nodeId;
  private final InstantSource clock;
  /** Changes of this node queue here instead of refusing each other at the server. */
  private final ReentrantLock changing = new ReentrantLock();
  private final AutoCloseable watch;
  private volatile Seen seen = new Seen(Account.EMPTY, 0);

  private record Seen(Account account, long revision) {}

  ClusterLedger(ClusterLink link, Account.Limits limits, String nodeId, InstantSource clock) {
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.limits = limits;
    this.nodeId = nodeId;
    this.clock = clock;
    this.watch = bucket.watch(entry -> {
      if (entry.value() != null) {
        see(new Seen(Account.read(entry.value()), entry.revision()));
      }
    });
  }

  private synchronized void see(Seen newer) {
    if (newer.revision > seen.revision) {
      seen = newer;
    }
  }

  /**
   * Promises room, or more room.
   *
   * @return whether there was a promise of that name already
   * @throws dev.cantora.daemon.errors.ApiException RENDER_TOO_LARGE, RENDER_STORE_FULL
   */
  boolean promise(String id, long bytes, long creditBytes) {
    boolean[] known = new boolean[1];
    change(account -> {
      known[0] = account.promises().containsKey(id);
      return account.promise(id, bytes, creditBytes, clock.millis() + VALID.toMillis(), limits);
    });
    return known[0];
  }

  void settle(String id, long addedBytes, long removedBytes) {
    change(account -> account.end(id, addedBytes, removedBytes));
  }

  void release(String id) {
    change(account -> account.end(id, 0, 0));
  }

  void correct(long byBytes) {
    change(account -> account.corrected(byBytes));
  }

  /** As it was heard last; no call to the server. */
  Account account() {
    return seen.account();
  }

  Budget view() {
    long used = seen.account().usedBytes();
    return new Budget(limits.perRenderBytes(), limits.storeBytes(), used, Math.max(0, limits.storeBytes() - used),
        (double) used / limits.storeBytes());
  }

  private void change(UnaryOperator<Account> change) {
    changing.lock();
    try {
      for (Seen now = seen; !write(now, change); now = read()) {
        // another node was quicker
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MAX_BACKOFF_MS));
      }
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    } finally {
      changing.unlock();
    }
  }

  private boolean write(Seen now, UnaryOperator<Account> change) {
    Account changed = refusedOnlyWhenFresh(now, change);
    if (changed == null) {
      return false;
    }
    if (changed == now.account()) {
      return true;
    }
    changed = changed.signed(nodeId);
    long revision = now.revision == 0 ? bucket.create(KEY, changed.written()) : bucket.update(KEY, changed.written(), now.revision);
    if (revision != 0) {
      see(new Seen(changed, revision));
    }
    return revision != 0;
  }

  /** Null when the change is refused, or makes no difference, on an account that has been changed meanwhile. */
  private Account refusedOnlyWhenFresh(Seen now, UnaryOperator<Account> change) {
    try {
      Account valid = now.account().withoutExpired(clock.millis());
      Account changed = change.apply(valid);
      return changed == now.account() && read().revision != now.revision ? null : changed;
    } catch (RuntimeException refused) {
      if (read().revision == now.revision) {
        throw refused;
      }
      return null;
    }
  }

  private Seen read() {
    bucket.get(KEY).ifPresent(entry -> see(new Seen(Account.read(entry.value()), entry.revision())));
    return seen;
  }

  @Override
  public void close() {
    Closing.quietly(watch);
  }
}
