package dev.cantora.daemon.bank;

/**
 * The running account of the store. What is promised counts like what is used, so renders that are saved at the same time
 * cannot pass the budget together.
 */
final class BudgetLedger {
  private final long perRenderBudgetBytes;
  private final long storeBudgetBytes;
  private long usedBytes;
  private long promisedBytes;

  BudgetLedger(long perRenderBudgetBytes, long storeBudgetBytes) {
    this.perRenderBudgetBytes = perRenderBudgetBytes;
    this.storeBudgetBytes = storeBudgetBytes;
  }

  /** Forgets everything and starts from what was found on disk. */
  synchronized void reconcile(long foundBytes) {
    usedBytes = foundBytes;
  }

  /**
   * Promises room.
   *
   * @param creditBytes charge of a render that the new one replaces
   */
  synchronized LedgerReservation promise(long bytes, long creditBytes) {
    if (bytes > perRenderBudgetBytes) {
      throw BankFaults.tooLarge(bytes, perRenderBudgetBytes);
    }
    long growth = Math.max(0, bytes - creditBytes);
    requireRoom(growth, bytes);
    promisedBytes += growth;
    return new LedgerReservation(this, growth, creditBytes);
  }

  /** Makes a promise larger when the render turned out bigger than estimated. */
  synchronized long grow(long promisedNow, long bytes, long creditBytes) {
    if (bytes > perRenderBudgetBytes) {
      throw BankFaults.tooLarge(bytes, perRenderBudgetBytes);
    }
    long growth = Math.max(0, bytes - creditBytes);
    if (growth > promisedNow) {
      requireRoom(growth - promisedNow, bytes);
      promisedBytes += growth - promisedNow;
      return growth;
    }
    return promisedNow;
  }

  private void requireRoom(long growth, long incomingBytes) {
    if (usedBytes + promisedBytes + growth > storeBudgetBytes) {
      throw BankFaults.storeFull(usedBytes + promisedBytes, storeBudgetBytes, incomingBytes);
    }
  }

  synchronized void breakPromise(long bytes) {
    promisedBytes -= bytes;
  }

  /** A render came into being: what was promised becomes what is used. */
  synchronized void keepPromise(long promised, long addedBytes, long removedBytes) {
    promisedBytes -= promised;
    usedBytes += addedBytes - removedBytes;
  }

  synchronized void remove(long bytes) {
    usedBytes -= bytes;
  }

  synchronized Budget view() {
    return new Budget(perRenderBudgetBytes, storeBudgetBytes, usedBytes, Math.max(0, storeBudgetBytes - usedBytes),
        (double) usedBytes / storeBudgetBytes);
  }
}
