package dev.cantora.daemon.socket;

/** What the heartbeat knows of one connection. Written by the heartbeat's thread, except for {@link #answered}. */
final class PingState {
  private volatile boolean answered;
  private volatile long lastId;
  private int unanswered;
  private long nextTickNs;
  private long nextProbeNs;

  void start(long nextTickNs, long nextProbeNs) {
    this.nextTickNs = nextTickNs;
    this.nextProbeNs = nextProbeNs;
  }

  /** A pong came in, any pong. */
  void answered() {
    answered = true;
  }

  long lastId() {
    return lastId;
  }

  /** Number of the next ping. */
  long nextId() {
    return ++lastId;
  }

  boolean tickDue(long nowNs) {
    return nowNs - nextTickNs >= 0;
  }

  boolean probeDue(long nowNs) {
    return nowNs - nextProbeNs >= 0;
  }

  void probed(long nextNs) {
    nextProbeNs = nextNs;
  }

  /** @return ticks without an answer before this one */
  int tick(long nextNs) {
    nextTickNs = nextNs;
    if (answered) {
      answered = false;
      unanswered = 0;
    }
    return unanswered++;
  }
}
