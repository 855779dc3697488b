package dev.cantora.bench.live;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Times notes that are played when the player likes: from sending note_on to receiving the first frame that contains it. */
final class Keys {

  private static final int REMEMBERED = 64;

  private final int blockSize;
  private final Histogram latencyUs;
  private final Map<String, Long> sentNs = new HashMap<>();
  private final Map<Long, Long> waiting = new HashMap<>();
  private final long[] arrivedNs = new long[REMEMBERED];
  private long lastSeq = -1;

  Keys(int blockSize, Histogram latencyUs) {
    this.blockSize = blockSize;
    this.latencyUs = latencyUs;
  }

  void sent(String noteId, long nowNs) {
    sentNs.put(noteId, nowNs);
  }

  void frame(long seq, long nowNs) {
    arrivedNs[(int) (seq % REMEMBERED)] = nowNs;
    lastSeq = seq;
    Long sent = waiting.remove(seq);
    if (sent != null) {
      latencyUs.recordValue((nowNs - sent) / 1000);
    }
  }

  void ack(String text) {
    Long sent = sentNs.remove(member(text, "\"noteId\":\"", '"'));
    if (sent == null) {
      return;
    }
    long seq = Long.parseLong(member(text, "\"atSample\":", ',').replace("}", "")) / blockSize;
    if (seq <= lastSeq) {
      latencyUs.recordValue((arrivedNs[(int) (seq % REMEMBERED)] - sent) / 1000);
    } else {
      waiting.put(seq, sent);
    }
  }

  private static String member(String text, String head, char end) {
    int from = text.indexOf(head) + head.length();
    int to = text.indexOf(end, from);
    return text.substring(from, to < 0 ? text.length() : to);
  }
}
