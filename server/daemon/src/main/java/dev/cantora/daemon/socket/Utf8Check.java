package dev.cantora.daemon.socket;

/**
 * Tells at the first wrong byte that a text cannot be UTF-8, across fragments. RFC 3629 section 4 in a state of three
 * numbers: how many continuation bytes are due, and within which bounds the next one lies (the bounds exclude overlong
 * forms, surrogates and everything above U+10FFFF).
 */
final class Utf8Check {
  private int due;
  private int low = 0x80;
  private int high = 0xBF;

  /** @return false when the bytes so far can no longer become valid UTF-8 */
  boolean accept(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xFF;
      if (due == 0) {
        if (b >= 0x80 && !begin(b)) {
          return false;
        }
      } else {
        if (b < low || b > high) {
          return false;
        }
        due--;
        low = 0x80;
        high = 0xBF;
      }
    }
    return true;
  }

  /** Whether the text may end here. */
  boolean complete() {
    return due == 0;
  }

  void reset() {
    due = 0;
    low = 0x80;
    high = 0xBF;
  }

  private boolean begin(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return false;
    }
    due = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    switch (lead) {
      case 0xE0 -> low = 0xA0;
      case 0xED -> high = 0x9F;
      case 0xF0 -> low = 0x90;
      case 0xF4 -> high = 0x8F;
      default -> { }
    }
    return true;
  }
}
