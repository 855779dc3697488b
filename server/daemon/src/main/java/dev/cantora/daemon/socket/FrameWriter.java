package dev.cantora.daemon.socket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.lang.foreign.MemorySegment;

/** Puts WebSocket frames (RFC 6455 section 5.2, final and unmasked) one behind the other and writes them together. For one thread. */
final class FrameWriter {

  /** Holds the longest frame of stereo floats, a ping, a report and their heads. */
  private static final int WRITE_BYTES = 17 * 1024;
  private static final byte[] NOTHING = {};

  private final DataWriter writer;
  /** Made when it is needed: frames of a peer that keeps up are written from where they lie. */
  private byte[] batch = NOTHING;
  private MemorySegment batchSegment;
  private BufferData batchData;
  private int batchLength;

  FrameWriter(DataWriter writer) {
    this.writer = writer;
  }

  /** Whether three frames of such lengths can be added without a write. */
  boolean hasRoom(int length1, int length2, int length3) {
    return batchLength + 3 * FrameHead.MAX_BYTES + length1 + length2 + length3 <= Math.max(WRITE_BYTES, batch.length);
  }

  /** Adds a frame; writes what has gathered first when it would not fit. @param head first byte of the frame */
  void append(int head, byte[] payload, int from, int length) {
    makeRoom(FrameHead.MAX_BYTES + length);
    batchLength = FrameHead.write(head, length, batch, batchLength);
    add(payload, from, length);
  }

  void append(int head, byte[] payload) {
    append(head, payload, 0, payload.length);
  }

  /**
   * Writes a frame behind what has gathered as far as it can be written without waiting; the rest joins what has gathered.
   *
   * @return whether nothing is left
   */
  boolean write(int head, AudioFrame frame, EagerWriter direct) {
    if (batchLength > 0) {
      append(head, frame.bytes(), AudioFrame.START, frame.length());
      return flush(direct);
    }
    int from = frame.head(head);
    int length = AudioFrame.START - from + frame.length();
    int written = direct.write(frame.from(from), length);
    if (written < length) {
      makeRoom(length - written);
      add(frame.bytes(), from + written, length - written);
    }
    return written == length;
  }

  private void makeRoom(int needed) {
    if (batchLength > 0 && batchLength + needed > batch.length) {
      flush();
    }
    if (needed > batch.length) {
      batch = new byte[Math.max(WRITE_BYTES, needed)];
      batchSegment = MemorySegment.ofArray(batch);
      batchData = BufferData.create(batch, 0, batch.length);
    }
  }

  private void add(byte[] bytes, int from, int length) {
    System.arraycopy(bytes, from, batch, batchLength, length);
    batchLength += length;
  }

  /** Writes what has gathered. Blocks as long as the peer does not read. */
  void flush() {
    if (batchLength == 0) {
      return;
    }
    // the array behind the data is ours: this copies it onto itself, for the sake of the write position
    batchData.reset();
    batchData.write(batch, 0, batchLength);
    batchLength = 0;
    writer.writeNow(batchData);
  }

  /** Writes of what has gathered what can be written without waiting. @return whether that was all */
  boolean flush(EagerWriter direct) {
    int written = batchLength == 0 ? 0 : direct.write(batchSegment, batchLength);
    batchLength -= written;
    System.arraycopy(batch, written, batch, 0, batchLength);
    return batchLength == 0;
  }
}
