package dev.cantora.daemon.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/**
 * Writes to a connection. While it serves HEAD it lets the head of an answer pass and nothing after it, whoever writes it: an
 * answer to HEAD has no body (RFC 9110, 9.3.2), and a client or proxy would take one for the beginning of the next answer.
 * Helidon leaves that to each handler. For the connection's thread.
 */
final class HeadOnlyWriter implements DataWriter {
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final DataWriter downstream;
  private boolean head;
  /** Bytes of {@link #END_OF_HEAD} that were the last to pass. */
  private int matched;

  HeadOnlyWriter(DataWriter downstream) {
    this.downstream = downstream;
  }

  /** @param only whether the next answer is one to HEAD */
  void headOnly(boolean only) {
    head = only;
    matched = 0;
  }

  @Override
  public void write(BufferData... buffers) {
    if (head) {
      writeHead(buffers);
    } else {
      downstream.write(buffers);
    }
  }

  @Override
  public void write(BufferData buffer) {
    if (head) {
      writeHead(buffer);
    } else {
      downstream.write(buffer);
    }
  }

  @Override
  public void writeNow(BufferData... buffers) {
    if (head) {
      writeHead(buffers);
    } else {
      downstream.writeNow(buffers);
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    if (head) {
      writeHead(buffer);
    } else {
      downstream.writeNow(buffer);
    }
  }

  private void writeHead(BufferData... buffers) {
    for (BufferData buffer : buffers) {
      BufferData passing = passing(buffer.readBytes());
      if (passing != null) {
        downstream.writeNow(passing);
      }
    }
  }

  /** What of these bytes belongs to the head, null for none. */
  private BufferData passing(byte[] bytes) {
    int count = 0;
    while (count < bytes.length && matched < END_OF_HEAD.length) {
      byte next = bytes[count++];
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return count == 0 ? null : BufferData.create(bytes, 0, count);
  }

  @Override
  public void flush() {
    downstream.flush();
  }

  @Override
  public void close() {
    downstream.close();
  }
}
