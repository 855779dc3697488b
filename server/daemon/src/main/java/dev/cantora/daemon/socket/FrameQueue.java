package dev.cantora.daemon.socket;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Binary messages on their way from one producer (an audio thread) to one consumer (the connection's sender), bounded,
 * without locks. Buffers circulate, so a peer that keeps up costs no allocation; more of them are made only while a
 * backlog grows, up to the capacity. When it is full the producer is told and skips a message.
 *
 * <p>Messages that were written may still lie in the buffers of two kernels, and those hold seconds of audio. So the
 * sender puts pings between them, and once a peer has answered one, all messages count as waiting until it has answered
 * a ping behind them: a peer that stops reading never has more than the capacity coming.
 */
public final class FrameQueue {

  /** One message. */
  public static final class Frame {
    private final byte[] bytes;
    private final MemorySegment segment;
    private int length;

    private Frame(int maxBytes) {
      bytes = new byte[maxBytes];
      segment = MemorySegment.ofArray(bytes);
    }

    /** Fill from index 0, then state the {@link #length}. */
    public byte[] bytes() {
      return bytes;
    }

    /** The same bytes. */
    public MemorySegment segment() {
      return segment;
    }

    public void length(int lengthBytes) {
      length = lengthBytes;
    }

    /** As stated by the producer. */
    public int length() {
      return length;
    }
  }

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Frame[].class);

  private final Frame[] filled;
  private final Frame[] free;
  private final int mask;
  private final int capacity;
  private final int maxBytes;
  private final FrameTransform transform;
  private int made;
  // producer side
  private long putCount;
  private long reuseCount;
  private volatile long published;
  // consumer side
  private long takeCount;
  private long returnCount;
  private volatile long consumed;
  /** Messages that the peer is known to have read; -1 until it has answered a ping. */
  private volatile long acknowledged = -1;

  /**
   * @param capacity messages that may wait, at least 1
   * @param maxBytes size of the largest message
   * @param transform what the sender does to each message before it is written
   */
  public FrameQueue(int capacity, int maxBytes, FrameTransform transform) {
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    this.transform = transform;
    int slots = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    filled = new Frame[slots];
    free = new Frame[slots];
    mask = slots - 1;
  }

  /** Producer: an empty buffer, or null when the queue is full. Must be {@link #publish published} or forgotten. */
  public Frame claim() {
    long known = acknowledged;
    if (putCount - (known < 0 ? consumed : known) >= capacity) {
      return null;
    }
    Frame reused = (Frame) SLOT.getAndSet(free, (int) (reuseCount & mask), null);
    if (reused != null) {
      reuseCount++;
      return reused;
    }
    made++;
    return new Frame(maxBytes);
  }

  /** Producer: hands a claimed buffer over. The connection must still be told, see {@link SocketConnection#frameReady}. */
  public void publish(Frame frame) {
    SLOT.setVolatile(filled, (int) (putCount & mask), frame);
    putCount++;
    published = putCount;
  }

  /** Messages handed over since the start; read by any thread. */
  public long published() {
    return published;
  }

  /** Messages that wait to be written; exact for the producer, a moment old for others. */
  public int backlog() {
    return (int) (published - consumed);
  }

  /** Buffers ever made, for tests of steadiness. Producer's thread only. */
  int buffersMade() {
    return made;
  }

  /** Consumer: the next message, or null. To be given {@link #release back}. */
  Frame take() {
    Frame frame = (Frame) SLOT.getVolatile(filled, (int) (takeCount & mask));
    if (frame == null) {
      return null;
    }
    SLOT.set(filled, (int) (takeCount & mask), null);
    takeCount++;
    return frame;
  }

  /** Consumer: the buffer of a message that was sent. */
  void release(Frame frame) {
    SLOT.setRelease(free, (int) (returnCount & mask), frame);
    returnCount++;
    consumed = takeCount;
  }

  /** Any thread: the peer has read so many messages. */
  void acknowledge(long messages) {
    acknowledged = Math.max(acknowledged, Math.min(messages, consumed));
  }

  int capacity() {
    return capacity;
  }

  int maxBytes() {
    return maxBytes;
  }

  FrameTransform transform() {
    return transform;
  }

  /** Consumer: messages taken and released. */
  long consumed() {
    return consumed;
  }
}
