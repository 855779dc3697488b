package dev.cantora.bench.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one session received. */
final class Tally {

  private final int blockSize;
  private final long firstMeasured;
  private final int[] arrivalUs;
  private final List<String> troubles = new ArrayList<>();
  private long startNs;
  private long lost;
  private long wrong;
  private long received;
  private Keys keys;

  /** @param firstMeasured frames before it are only counted @param measured frames whose arrival is timed */
  Tally(int blockSize, long firstMeasured, int measured) {
    this.blockSize = blockSize;
    this.firstMeasured = firstMeasured;
    this.arrivalUs = new int[measured];
    java.util.Arrays.fill(arrivalUs, Integer.MIN_VALUE);
  }

  /** Notes are timed, too. */
  void listen(Keys each) {
    keys = each;
  }

  void frame(long seq, long expectedSeq, boolean asExpected, long nowNs) {
    lost += seq - expectedSeq;
    received++;
    wrong += asExpected ? 0 : 1;
    if (startNs == 0) {
      startNs = nowNs;
    }
    long index = seq - firstMeasured;
    if (index >= 0 && index < arrivalUs.length) {
      arrivalUs[(int) index] = (int) TimeUnit.NANOSECONDS.toMicros(nowNs - startNs - dueNs(seq));
    }
    if (keys != null) {
      keys.frame(seq, nowNs);
    }
  }

  void noteAck(String text, long nowNs) {
    if (keys != null) {
      keys.ack(text);
    }
  }

  void lost(String trouble) {
    troubles.add(trouble);
  }

  private long dueNs(long seq) {
    return seq * blockSize * 1_000_000_000L / 48_000;
  }

  /** Adds how much later than the session's timeliest frame each one came, in microseconds. */
  void addLateness(Histogram all) {
    int least = Integer.MAX_VALUE;
    for (int us : arrivalUs) {
      least = us == Integer.MIN_VALUE ? least : Math.min(least, us);
    }
    for (int us : arrivalUs) {
      if (us != Integer.MIN_VALUE) {
        all.recordValue(us - least);
      }
    }
  }

  long received() {
    return received;
  }

  /** Gaps in the sequence. */
  long lostFrames() {
    return lost;
  }

  /** Frames whose samples are not those that the engine makes of the same notes. */
  long wrongFrames() {
    return wrong;
  }

  List<String> troubles() {
    return troubles;
  }
}
