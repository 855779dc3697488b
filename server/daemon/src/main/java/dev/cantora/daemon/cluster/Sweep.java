package dev.cantora.daemon.cluster;

import io.nats.client.api.ObjectInfo;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes objects that no render names, and mends the account. An object goes when two sweeps found it without a render and
 * it is older than the grace; the account is mended when two sweeps found the same difference. Both are what killed nodes
 * leave behind; both err on the side of too much being charged, never too little. For one thread of one node at a time.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final JetStreamBank bank;
  private final Duration grace;
  private final InstantSource clock;
  private Set<String> unnamedBefore = Set.of();
  private long differenceBefore;

  Sweep(JetStreamBank bank, Duration grace, InstantSource clock) {
    this.bank = bank;
    this.grace = grace;
    this.clock = clock;
  }

  void run() {
    List<ObjectInfo> objects = bank.objects().list();
    List<StoredRender> renders = bank.stored();
    Set<String> named = renders.stream().flatMap(one -> Stream.of(one.audio(), one.documents())).collect(Collectors.toSet());
    Set<String> unnamed = new HashSet<>();
    int removed = 0;
    for (ObjectInfo object : objects) {
      boolean old = object.getModified().toInstant().isBefore(clock.instant().minus(grace));
      if (!named.contains(object.getObjectName()) && old && !object.isDeleted()) {
        if (unnamedBefore.contains(object.getObjectName())) {
          bank.objects().delete(object.getObjectName());
          removed++;
        } else {
          unnamed.add(object.getObjectName());
        }
      }
    }
    unnamedBefore = unnamed;
    mend(renders);
    if (removed > 0) {
      LOG.atInfo().addKeyValue("objects", removed).log("cluster_objects_swept");
    }
  }

  private void mend(List<StoredRender> renders) {
    Account account = bank.ledger().account();
    long stored = renders.stream().filter(one -> !account.promises().containsKey(one.madeBy()))
        .mapToLong(StoredRender::charge).sum();
    long difference = stored - account.usedBytes();
    if (difference != 0 && difference == differenceBefore) {
      bank.ledger().correct(difference);
      LOG.atWarn().addKeyValue("bytes", difference).log("cluster_budget_mended");
      difference = 0;
    }
    differenceBefore = difference;
  }
}
