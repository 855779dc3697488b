package dev.cantora.daemon.bank;

/** Budget set aside. Ends in exactly one way: turned into a stored render by its draft, or released. Thread-safe. */
public final class Reservation implements AutoCloseable {
  private static final long ENDED = -1;

  private final BudgetLedger ledger;
  private final long creditBytes;
  private long promisedBytes;

  Reservation(BudgetLedger ledger, long promisedBytes, long creditBytes) {
    this.ledger = ledger;
    this.promisedBytes = promisedBytes;
    this.creditBytes = creditBytes;
  }

  /** Room for at least this charge. RENDER_TOO_LARGE, RENDER_STORE_FULL when there is none. */
  synchronized void ensure(long chargeBytes) {
    requireOpen();
    promisedBytes = ledger.grow(promisedBytes, chargeBytes, creditBytes);
  }

  /** The render is stored. */
  synchronized void settle(long addedBytes, long removedBytes) {
    requireOpen();
    ledger.keepPromise(promisedBytes, addedBytes, removedBytes);
    promisedBytes = ENDED;
  }

  /** Gives the room back; does nothing once settled or released. */
  @Override
  public synchronized void close() {
    if (promisedBytes != ENDED) {
      ledger.breakPromise(promisedBytes);
      promisedBytes = ENDED;
    }
  }

  private void requireOpen() {
    if (promisedBytes == ENDED) {
      throw new IllegalStateException("the reservation has ended");
    }
  }
}
