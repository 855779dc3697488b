package dev.cantora.daemon.cluster;

import dev.cantora.daemon.bank.RenderIds;
import dev.cantora.daemon.bank.Reservation;

/**
 * A promise in the cluster's account. It fixes the id of the render that will take the room, so that a render made twice,
 * because a node seemed dead, is stored once. Thread-safe.
 */
final class ClusterReservation implements Reservation {
  private final ClusterLedger ledger;
  private final RenderIds.Named named;
  private final long creditBytes;
  private boolean ended;
  private boolean renewed;

  ClusterReservation(ClusterLedger ledger, RenderIds.Named named, long creditBytes) {
    this.ledger = ledger;
    this.named = named;
    this.creditBytes = creditBytes;
  }

  /** Id and time of the render to come. */
  RenderIds.Named named() {
    return named;
  }

  long creditBytes() {
    return creditBytes;
  }

  /** Room for at least this charge. RENDER_TOO_LARGE, RENDER_STORE_FULL when there is none. */
  synchronized void ensure(long chargeBytes) {
    if (ended) {
      throw new IllegalStateException("the reservation has ended");
    }
    Account.Promise now = ledger.account().promises().get(named.id());
    if (now == null || now.growthBytes() < chargeBytes - creditBytes) {
      renewed |= !ledger.promise(named.id(), chargeBytes, creditBytes);
    }
  }

  synchronized void settle(long addedBytes, long removedBytes) {
    ended = true;
    ledger.settle(named.id(), addedBytes, removedBytes);
  }

  /** The render had been stored under this reservation before; its charge counts unless that was counted then. */
  synchronized void settleKnown(long chargeBytes) {
    settle(renewed ? 0 : chargeBytes, 0);
  }

  /** The promise is somebody else's to keep from now on. */
  synchronized void handOver() {
    ended = true;
  }

  @Override
  public synchronized void close() {
    if (!ended) {
      ended = true;
      ledger.release(named.id());
    }
  }
}
