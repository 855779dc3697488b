package dev.cantora.daemon.socket;

import java.util.function.Consumer;

/** Lets tests of other packages play a connection's sender. */
public final class FrameQueues {
  private FrameQueues() {}

  /** Takes everything that waits. */
  /** Empties a queue as a sender does that keeps up, without allocating. */
  public static void discard(FrameQueue queue) {
    for (FrameQueue.Frame frame = queue.take(); frame != null; frame = queue.take()) {
      queue.release(frame);
    }
  }

  public static void drain(FrameQueue queue, Consumer<byte[]> taker) {
    for (FrameQueue.Frame frame = queue.take(); frame != null; frame = queue.take()) {
      taker.accept(frame.bytes());
      queue.release(frame);
    }
  }
}
