package dev.cantora.daemon.live;

/**
 * Places a client's monotonic clock on ours. The difference between the two is taken from the message that travelled
 * fastest in the last 5 to 10 seconds; delays of all others are jitter, which the fixed event delay absorbs. The window
 * lets the estimate follow clocks that drift apart. For one thread.
 */
final class ClientClock {

  private static final long WINDOW_NS = 5_000_000_000L;

  private long windowStartNs;
  private long currentMinNs = Long.MAX_VALUE;
  private long previousMinNs = Long.MAX_VALUE;

  /**
   * @param clientMs time stamp of an event
   * @param arrivedNs when it came in
   * @return when it happened on our clock, if its message had travelled as fast as the fastest one
   */
  long happenedNs(double clientMs, long arrivedNs) {
    long clientNs = (long) (clientMs * 1e6);
    long differenceNs = arrivedNs - clientNs;
    if (currentMinNs == Long.MAX_VALUE && previousMinNs == Long.MAX_VALUE) {
      windowStartNs = arrivedNs;
    } else if (arrivedNs - windowStartNs > WINDOW_NS) {
      previousMinNs = arrivedNs - windowStartNs > 2 * WINDOW_NS ? Long.MAX_VALUE : currentMinNs;
      currentMinNs = Long.MAX_VALUE;
      windowStartNs = arrivedNs;
    }
    currentMinNs = Math.min(currentMinNs, differenceNs);
    return clientNs + Math.min(currentMinNs, previousMinNs);
  }
}
