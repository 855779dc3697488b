package dev.cantora.daemon.socket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Binary messages on their way from one producer (an audio thread) to one consumer (the connection's sender), bounded,
 * without locks. Buffers circulate, so a peer that keeps up costs no allocation; more of them are made only while a
 * backlog grows, up to the capacity. When it is full the producer is told and skips a message. What a producer sends itself, in
 * the consumer's place, goes back to its pool.
 *
 * <p>Messages that were written may still lie in the buffers of two kernels, and those hold seconds of audio. So the
 * sender puts pings between them, and once a peer has answered one, all messages count as waiting until it has answered
 * a ping behind them: a peer that stops reading never has more than the capacity coming.
 */
public final class FrameQueue {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(AudioFrame[].class);

  private final AudioFrame[] filled;
  private final AudioFrame[] free;
  private final FramePool pool;
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
   * @param pool of the producer's thread
   */
  public FrameQueue(int capacity, int maxBytes, FrameTransform transform, FramePool pool) {
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    this.transform = transform;
    this.pool = pool;
    int slots = Integer.highestOneBit(Math.max(1, capacity - 1)) << 1;
    filled = new AudioFrame[slots];
    free = new AudioFrame[slots];
    mask = slots - 1;
  }

  /** Producer: an empty buffer, or null when the queue is full. Must be {@link #publish published} or forgotten. */
  public AudioFrame claim() {
    long known = acknowledged;
    if (putCount - (known < 0 ? consumed : known) >= capacity) {
      return null;
    }
    AudioFrame reused = (AudioFrame) SLOT.getAndSet(free, (int) (reuseCount & mask), null);
    if (reused != null) {
      reuseCount++;
      return reused;
    }
    AudioFrame pooled = pool.take(maxBytes);
    if (pooled != null) {
      return pooled;
    }
    made++;
    return new AudioFrame(maxBytes);
  }

  /** Producer: hands a claimed buffer over. The connection must still be told, see {@link SocketConnection#frameReady}. */
  public void publish(AudioFrame frame) {
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
  AudioFrame take() {
    AudioFrame frame = (AudioFrame) SLOT.getVolatile(filled, (int) (takeCount & mask));
    if (frame == null) {
      return null;
    }
    SLOT.set(filled, (int) (takeCount & mask), null);
    takeCount++;
    return frame;
  }

  /** Consumer: the buffer of a message that was sent. */
  void release(AudioFrame frame) {
    SLOT.setRelease(free, (int) (returnCount & mask), frame);
    returnCount++;
    consumed = takeCount;
  }

  /** Producer in the consumer's place: the buffer of a message that was sent. */
  void recycle(AudioFrame frame) {
    pool.put(frame);
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
