package dev.cantora.daemon.socket;

/** Follows unmasked frames that go by in pieces: where one ends and the next begins. For one thread at a time. */
final class FrameEdges {

  private static final int CLOSE = 8;

  private final byte[] head = new byte[10];
  private int headLength;
  private long payloadLeft;
  private boolean closed;

  /** Whether no frame is on its way. */
  boolean between() {
    return headLength == 0 && payloadLeft == 0;
  }

  /** Whether a close frame has begun to go by. */
  boolean closed() {
    return closed;
  }

  /** Bytes up to the end of the frame that is on its way, or all of them. */
  int nextEdge(byte[] bytes, int count) {
    FrameEdges ahead = copy();
    int at = 0;
    while (at < count && !ahead.between()) {
      at += ahead.step(bytes, at, count);
    }
    return at;
  }

  void passed(byte[] bytes, int count) {
    for (int at = 0; at < count; ) {
      at += step(bytes, at, count);
    }
  }

  private int step(byte[] bytes, int from, int to) {
    if (payloadLeft > 0) {
      int taken = (int) Math.min(payloadLeft, to - from);
      payloadLeft -= taken;
      return taken;
    }
    head[headLength++] = bytes[from];
    int kind = headLength < 2 ? 0 : head[1] & 0x7F;
    int needed = 2 + (kind == 126 ? 2 : kind == 127 ? 8 : 0);
    if (headLength == needed) {
      long length = kind;
      if (needed > 2) {
        length = 0;
        for (int i = 2; i < needed; i++) {
          length = length << 8 | head[i] & 0xFF;
        }
      }
      closed |= (head[0] & 0x0F) == CLOSE;
      payloadLeft = length;
      headLength = 0;
    }
    return 1;
  }

  private FrameEdges copy() {
    FrameEdges same = new FrameEdges();
    System.arraycopy(head, 0, same.head, 0, head.length);
    same.headLength = headLength;
    same.payloadLeft = payloadLeft;
    return same;
  }
}
