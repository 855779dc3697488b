package dev.cantora.engine.audio;

import java.util.Arrays;

/** Bits, most significant first, into a buffer that grows. */
final class BitWriter {
  private byte[] bytes = new byte[1 << 14];
  private int size;
  private long pending;
  private int pendingBits;

  void clear() {
    size = 0;
    pending = 0;
    pendingBits = 0;
  }

  /** @param bits 0..32 */
  void write(int value, int bits) {
    if (bits == 0) {
      return;
    }
    pending = pending << bits | value & (0xFFFFFFFFL >>> (32 - bits));
    pendingBits += bits;
    while (pendingBits >= 8) {
      pendingBits -= 8;
      put((byte) (pending >>> pendingBits));
    }
  }

  /** {@code count} zeros and a one. */
  void unary(int count) {
    int left = count;
    while (left >= 32) {
      write(0, 32);
      left -= 32;
    }
    write(1, left + 1);
  }

  void align() {
    if (pendingBits > 0) {
      write(0, 8 - pendingBits);
    }
  }

  private void put(byte value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = value;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whole bytes so far. */
  int size() {
    return size;
  }
}
