package dev.cantora.daemon.bank;

/** A promise in the account of a folder. */
final class LedgerReservation implements Reservation {
  private static final long ENDED = -1;

  private final BudgetLedger ledger;
  private final long creditBytes;
  private long promisedBytes;

  LedgerReservation(BudgetLedger ledger, long promisedBytes, long creditBytes) {
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
