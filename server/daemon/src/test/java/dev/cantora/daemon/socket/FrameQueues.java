package dev.cantora.daemon.socket;

import java.util.Arrays;
import java.util.function.Consumer;

/** Lets tests of other packages play a connection's sender. */
public final class FrameQueues {
  private FrameQueues() {}

  /** Empties a queue as a sender does that keeps up, without allocating. */
  public static void discard(FrameQueue queue) {
    for (AudioFrame frame = queue.take(); frame != null; frame = queue.take()) {
      queue.release(frame);
    }
  }

  /** Takes everything that waits. @param taker given each message, in an array of its own */
  public static void drain(FrameQueue queue, Consumer<byte[]> taker) {
    for (AudioFrame frame = queue.take(); frame != null; frame = queue.take()) {
      taker.accept(Arrays.copyOfRange(frame.bytes(), AudioFrame.START, AudioFrame.START + frame.length()));
      queue.release(frame);
    }
  }
}
