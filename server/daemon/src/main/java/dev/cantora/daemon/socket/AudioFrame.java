package dev.cantora.daemon.socket;

import java.lang.foreign.MemorySegment;

/** The buffer of one binary message, with room before it for the head of its WebSocket frame. Belongs to who holds it. */
public final class AudioFrame {

  /** Index of the message's first byte. */
  public static final int START = FrameHead.MAX_BYTES;

  private final byte[] bytes;
  private final MemorySegment segment;
  private MemorySegment headed;
  private int headedFrom;
  private int length;

  AudioFrame(int maxBytes) {
    bytes = new byte[START + maxBytes];
    segment = MemorySegment.ofArray(bytes);
    headed = segment;
  }

  /** Fill from {@link #START}, then state the {@link #length}. */
  public byte[] bytes() {
    return bytes;
  }

  /** The same bytes. */
  public MemorySegment segment() {
    return segment;
  }

  /** @param lengthBytes of the message */
  public void length(int lengthBytes) {
    length = lengthBytes;
  }

  /** As stated by the producer. */
  public int length() {
    return length;
  }

  /** Greatest length of the message. */
  int capacity() {
    return bytes.length - START;
  }

  /** Puts the head of a WebSocket frame before the message. @param first byte of it, and index at which it begins */
  int head(int first) {
    int from = START - FrameHead.length(length);
    FrameHead.write(first, length, bytes, from);
    return from;
  }

  /** The bytes from an index on. */
  MemorySegment from(int index) {
    if (headedFrom != index) {
      headedFrom = index;
      headed = segment.asSlice(index);
    }
    return headed;
  }
}
