package dev.cantora.daemon.bank;

/**
 * Disk space as the wire states it.
 *
 * @param perRenderBudgetBytes most one render may take
 * @param storeBudgetBytes most all renders may take
 * @param usedBytes what stored renders take
 * @param freeBytes what is left, at least 0
 * @param utilizationFraction used share, above 1 when the budget was lowered under what is stored
 */
public record Budget(
    long perRenderBudgetBytes, long storeBudgetBytes, long usedBytes, long freeBytes, double utilizationFraction) {

  /** Used share from which operators are warned. */
  static final double HIGH_UTILIZATION = 0.8;
}
