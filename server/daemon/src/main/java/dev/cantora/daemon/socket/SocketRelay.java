package dev.cantora.daemon.socket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A connection whose peer speaks with another node: bytes go through as they are, in both directions, so that frames, pings,
 * close codes and the order of everything stay what they were. Each direction waits for its reader, as a direct connection
 * would. Only where the node's frames begin and end is known here, so that this node can say goodbye between two of them.
 */
final class SocketRelay {

  private static final int READ_BYTES = 16 * 1024;
  private static final int FINAL_CLOSE = 0x88;

  private final NodeSocket node;
  private final DataWriter peer;
  private final FrameEdges edges = new FrameEdges();
  /** Held while something is written to the peer, which may take as long as the peer likes. */
  private final ReentrantLock writing = new ReentrantLock();
  private volatile byte[] goodbye;
  private volatile boolean begun;
  private boolean over;

  SocketRelay(NodeSocket node, DataWriter peer) {
    this.node = node;
    this.peer = peer;
  }

  /** @param onEnd told when the node says no more: whether the peer has heard its close frame and can be cut off */
  void begin(Consumer<Boolean> onEnd) {
    begun = true;
    Thread.ofVirtual().name("socket-relay").start(() -> {
      try {
        sayGoodbye();
        fromNode();
      } finally {
        node.close();
        onEnd.accept(edges.closed());
      }
    });
  }

  /** Waits until the node takes it; what it no longer takes is dropped. */
  void toNode(byte[] bytes, int from, int to) {
    if (from < to) {
      node.write(bytes, from, to - from);
    }
  }

  private void fromNode() {
    byte[] bytes = new byte[READ_BYTES];
    for (int count = node.read(bytes); count >= 0; count = node.read(bytes)) {
      if (!forward(bytes, count)) {
        return;
      }
    }
    close(CloseCode.GOING_AWAY, dev.cantora.api.CloseCode.NODE_GONE.reason());
  }

  private boolean forward(byte[] bytes, int count) {
    writing.lock();
    try {
      int fits = goodbye == null ? count : edges.nextEdge(bytes, count);
      edges.passed(bytes, fits);
      over |= !write(bytes, fits);
    } finally {
      writing.unlock();
    }
    sayGoodbye();
    return !over;
  }

  /** Ends the peer's connection with a close frame, as soon as the frame that is on its way has gone through. Never waits for it. */
  void close(int code, String reason) {
    if (goodbye == null) {
      byte[] payload = CloseCode.payload(code, reason);
      goodbye = ByteBuffer.allocate(2 + payload.length).put((byte) FINAL_CLOSE).put((byte) payload.length).put(payload).array();
      Thread.ofVirtual().name("socket-goodbye").start(this::sayGoodbye);
    }
  }

  /** Whoever holds the lock comes by here afterwards. */
  private void sayGoodbye() {
    if (goodbye != null && begun && writing.tryLock()) {
      try {
        if (!over && edges.between()) {
          over = true;
          if (!edges.closed()) {
            write(goodbye, goodbye.length);
          }
          node.close();
        }
      } finally {
        writing.unlock();
      }
    }
  }

  /** @return false when the peer is gone */
  private boolean write(byte[] bytes, int count) {
    BufferData data = BufferData.create(count);
    data.write(bytes, 0, count);
    try {
      peer.writeNow(data);
      return true;
    } catch (UncheckedIOException | IllegalStateException gone) {
      return false;
    }
  }

  /** The peer is gone. */
  void end() {
    node.close();
  }
}
