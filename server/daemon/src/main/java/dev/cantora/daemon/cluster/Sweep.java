package dev.cantora.daemon.cluster;

import io.nats.client.api.ObjectInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what killed nodes leave in the bank, and mends the account. An object that no render names goes when two sweeps
 * found it so and it is older than the grace; so do chunks that belong to no object. A deletion that stopped half-way is
 * finished when two sweeps found the same mark; what is left of a deleted render goes after the grace. The account is mended
 * when two sweeps found the same difference. Nothing is removed while this node has not heard, or does not understand, all
 * that is in the bank. For one thread of one node at a time.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int LOOKS = 5;
  private static final long LOOK_MS = 20;

  private final JetStreamBank bank;
  private final Duration grace;
  private final InstantSource clock;
  private Set<String> unnamedBefore = Set.of();
  private Set<RenderIndex.Remnant> markedBefore = Set.of();
  private long differenceBefore;
  private Instant chunksFrom = Instant.MIN;

  Sweep(JetStreamBank bank, Duration grace, InstantSource clock) {
    this.bank = bank;
    this.grace = grace;
    this.clock = clock;
  }

  void run() {
    List<ObjectInfo> objects = bank.objects().list();
    if (!bank.index().caughtUp()) {
      LOG.warn("cluster_sweep_held_back");
      return;
    }
    Instant before = clock.instant().minus(grace);
    int removed = removeUnnamed(objects, before) + removeChunks(before);
    finishDeletions();
    bank.index().deleted(before).forEach(bank::forget);
    mend();
    if (removed > 0) {
      LOG.atInfo().addKeyValue("objects", removed).log("cluster_objects_swept");
    }
  }

  /** @param objects listed before the renders, so that none is younger than the render that names it */
  private int removeUnnamed(List<ObjectInfo> objects, Instant before) {
    Set<String> named = bank.stored().stream().flatMap(one -> Stream.of(one.audio(), one.documents())).collect(Collectors.toSet());
    Set<String> unnamed = objects.stream().filter(object -> object.getModified().toInstant().isBefore(before))
        .map(ObjectInfo::getObjectName).filter(object -> !named.contains(object)).collect(Collectors.toCollection(HashSet::new));
    List<String> doomed = unnamed.stream().filter(unnamedBefore::contains).toList();
    doomed.forEach(bank.objects()::delete);
    doomed.forEach(unnamed::remove);
    unnamedBefore = unnamed;
    return doomed.size();
  }

  /** Once in a grace time: it looks at every chunk there is. */
  private int removeChunks(Instant before) {
    if (clock.instant().isBefore(chunksFrom)) {
      return 0;
    }
    chunksFrom = clock.instant().plus(grace);
    return bank.objects().sweepChunks(before);
  }

  private void finishDeletions() {
    Set<RenderIndex.Remnant> marked = Set.copyOf(bank.index().marked());
    marked.stream().filter(markedBefore::contains).forEach(bank::finishDeleting);
    markedBefore = marked;
  }

  private void mend() {
    long difference = difference();
    if (difference != 0 && difference == differenceBefore) {
      bank.ledger().correct(difference);
      LOG.atWarn().addKeyValue("bytes", difference).log("cluster_budget_mended");
      difference = 0;
    }
    differenceBefore = difference;
  }

  /** The largest of several looks: a render that is just being replaced or deleted makes it smaller for a moment. */
  private long difference() {
    long largest = look();
    try {
      for (int look = 1; look < LOOKS && largest != 0; look++) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        largest = Math.max(largest, look());
      }
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
    return largest;
  }

  /** The account before the renders: of what happens between, more will seem to be charged than is. */
  private long look() {
    Account account = bank.ledger().account();
    return bank.stored().stream().filter(one -> !account.promises().containsKey(one.madeBy()))
        .mapToLong(StoredRender::charge).sum() - account.usedBytes();
  }
}
