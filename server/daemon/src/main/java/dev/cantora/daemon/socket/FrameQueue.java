package dev.cantora.daemon.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Binary messages on their way from one producer (an audio thread) to one consumer (the connection's sender), bounded,
 * without locks. Buffers circulate, so a peer that keeps up costs no allocation; more of them are made only while a
 * backlog grows, up to the capacity. When it is full the producer is told and skips a message.
 */
public final class FrameQueue {

  /** One message. */
  public static final class Frame {
    private final byte[] bytes;
    private int length;

    private Frame(int maxBytes) {
      bytes = new byte[maxBytes];
    }

    /** Fill from index 0, then state the {@link #length}. */
    public byte[] bytes() {
      return bytes;
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
    if (putCount - consumed >= capacity) {
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

  /** Messages that wait; exact for the producer, a moment old for others. */
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

  FrameTransform transform() {
    return transform;
  }

  /** Consumer: messages taken and released. */
  long consumed() {
    return consumed;
  }
}
