package dev.cantora.bench.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one session received. Frames before the measured ones are only checked. */
final class Tally {

  private static final int NOT_RECEIVED = Integer.MIN_VALUE;

  private final int blockSize;
  private final long firstMeasured;
  private final int[] arrivalUs;
  private final List<String> troubles = new ArrayList<>();
  private long startNs;
  private long nextSeq;
  private long lost;
  private long lostBefore;
  private long wrong;
  private long received;
  private Keys keys;

  /** @param firstMeasured sequence number of the first measured frame @param measured number of them */
  Tally(int blockSize, long firstMeasured, int measured) {
    this.blockSize = blockSize;
    this.firstMeasured = firstMeasured;
    this.arrivalUs = new int[measured];
    Arrays.fill(arrivalUs, NOT_RECEIVED);
  }

  /** Notes are timed, too. */
  void listen(Keys each) {
    keys = each;
  }

  void frame(long seq, boolean asExpected, long nowNs) {
    long gapBefore = Math.max(0, Math.min(seq, firstMeasured) - nextSeq);
    lostBefore += gapBefore;
    lost += seq - nextSeq - gapBefore;
    nextSeq = seq + 1;
    wrong += asExpected ? 0 : 1;
    if (startNs == 0) {
      startNs = nowNs - dueNs(seq);
    }
    long index = seq - firstMeasured;
    if (index >= 0 && index < arrivalUs.length) {
      received++;
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
      least = us == NOT_RECEIVED ? least : Math.min(least, us);
    }
    for (int us : arrivalUs) {
      if (us != NOT_RECEIVED) {
        all.recordValue(us - least);
      }
    }
  }

  /** Frames in the measured time. */
  long framesDue() {
    return arrivalUs.length;
  }

  /** Of them received. */
  long received() {
    return received;
  }

  /** Gaps in the sequence. */
  long lostFrames() {
    return lost;
  }

  /** Gaps before the measured frames. */
  long lostBefore() {
    return lostBefore;
  }

  /** Frames that had not come when the measured time was over: the stream was behind. */
  long framesNotInTime() {
    return Math.max(0, framesDue() - received - lost);
  }

  /** Frames whose samples are not those that the engine makes of the same notes. */
  long wrongFrames() {
    return wrong;
  }

  List<String> troubles() {
    return troubles;
  }
}
