package dev.cantora.daemon.socket;

import java.nio.ByteBuffer;

/**
 * Asks a peer by pings between the frames how far it has read, one ping at a time, so that a peer far away is asked as often as
 * it can answer. The sender asks; any thread may hear the answer.
 */
final class PeerProbe {

  /** Length of the payload; other pings have other lengths. */
  static final int BYTES = Integer.BYTES + Long.BYTES;
  /** A ping for each such part of what a queue holds, fewer for a peer that answers before an eighth of it has followed. */
  private static final int PROBES_PER_CAPACITY = 4;
  private static final int FEW_PROBES_PER_CAPACITY = 2;
  private static final int PROMPT = 8;

  private volatile int queues;
  private volatile boolean asked;
  private volatile boolean prompt;
  private long askedAt;

  /** Frames come from another queue from now on: answers to what was asked before mean nothing. */
  void restart() {
    queues++;
    asked = false;
    prompt = false;
  }

  /** @param sent frames of the queue that are sent when the ping would follow */
  boolean due(FrameQueue queue, long sent) {
    int interval = queue.capacity() / (prompt ? FEW_PROBES_PER_CAPACITY : PROBES_PER_CAPACITY);
    return !asked && (sent - askedAt >= interval || sent < askedAt);
  }

  /** The payload of a ping behind so many frames, which must be sent. */
  byte[] ask(long sent) {
    asked = true;
    askedAt = sent;
    return ByteBuffer.allocate(BYTES).putInt(queues).putLong(sent).array();
  }

  /** A pong came in, of this or another ping. */
  void answered(byte[] payload, FrameQueue queue) {
    if (payload.length != BYTES) {
      return;
    }
    ByteBuffer answer = ByteBuffer.wrap(payload);
    if (answer.getInt() == queues) {
      long read = answer.getLong();
      queue.acknowledge(read);
      prompt = queue.consumed() - read < queue.capacity() / PROMPT;
      asked = false;
    }
  }
}
