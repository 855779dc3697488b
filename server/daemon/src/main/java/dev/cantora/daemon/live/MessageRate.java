package dev.cantora.daemon.live;

/** At most so many messages in any second. For one thread. */
public final class MessageRate {

  /** What to do with a message. */
  public enum Verdict {
    ACCEPT,
    /** Drop it and say so. */
    REPORT,
    /** Drop it; this burst was reported already. */
    DROP
  }

  private static final long WINDOW_NS = 1_000_000_000L;

  private final long[] acceptedNs;
  private int next;
  private long accepted;
  private boolean reported;

  /** @param perSecond messages accepted in any sliding second */
  public MessageRate(int perSecond) {
    acceptedNs = new long[perSecond];
  }

  public Verdict judge(long nowNs) {
    if (accepted < acceptedNs.length || nowNs - acceptedNs[next] >= WINDOW_NS) {
      acceptedNs[next] = nowNs;
      next = (next + 1) % acceptedNs.length;
      accepted++;
      reported = false;
      return Verdict.ACCEPT;
    }
    if (reported) {
      return Verdict.DROP;
    }
    reported = true;
    return Verdict.REPORT;
  }
}
