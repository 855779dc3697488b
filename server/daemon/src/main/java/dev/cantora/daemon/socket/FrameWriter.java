package dev.cantora.daemon.socket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.Arrays;

/** Puts WebSocket frames (RFC 6455 section 5.2, final and unmasked) one behind the other and writes them together. For one thread. */
final class FrameWriter {

  /** Holds the longest frame of stereo floats, a ping and a report. */
  private static final int WRITE_BYTES = 17 * 1024;
  private static final int MAX_HEAD_BYTES = 10;

  private final DataWriter writer;
  private byte[] batch = new byte[WRITE_BYTES + MAX_HEAD_BYTES];
  private BufferData batchData = BufferData.create(batch, 0, batch.length);
  private int batchLength;

  FrameWriter(DataWriter writer) {
    this.writer = writer;
  }

  /** Whether three frames of such lengths can be added without a write. */
  boolean hasRoom(int length1, int length2, int length3) {
    return batchLength + 3 * MAX_HEAD_BYTES + length1 + length2 + length3 <= batch.length;
  }

  /** Adds a frame; writes what has gathered first when it would not fit. @param head first byte of the frame */
  void append(int head, byte[] payload, int length) {
    int needed = MAX_HEAD_BYTES + length;
    if (batchLength + needed > batch.length) {
      flush();
    }
    if (needed > batch.length) {
      batch = Arrays.copyOf(batch, needed);
      batchData = BufferData.create(batch, 0, batch.length);
    }
    int at = batchLength;
    batch[at++] = (byte) head;
    if (length < 126) {
      batch[at++] = (byte) length;
    } else if (length < 65536) {
      batch[at++] = 126;
      batch[at++] = (byte) (length >>> 8);
      batch[at++] = (byte) length;
    } else {
      batch[at++] = 127;
      for (int shift = 56; shift >= 0; shift -= 8) {
        batch[at++] = (byte) ((long) length >>> shift);
      }
    }
    System.arraycopy(payload, 0, batch, at, length);
    batchLength = at + length;
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
    int written = direct.write(batch, batchLength);
    batchLength -= written;
    System.arraycopy(batch, written, batch, 0, batchLength);
    return batchLength == 0;
  }
}
