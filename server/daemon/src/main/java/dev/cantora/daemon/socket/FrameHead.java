package dev.cantora.daemon.socket;

/** The head of an unmasked WebSocket frame (RFC 6455 section 5.2): a first byte and the length of what follows. */
final class FrameHead {

  static final int MAX_BYTES = 10;
  private static final int LONGEST_SHORT = 125;
  private static final int LONGEST_MEDIUM = 65535;
  private static final int MEDIUM = 126;
  private static final int LONG = 127;

  private FrameHead() {}

  /** @return bytes of the head of so long a payload: 2, 4 or 10 */
  static int length(int payloadBytes) {
    return payloadBytes <= LONGEST_SHORT ? 2 : payloadBytes <= LONGEST_MEDIUM ? 4 : MAX_BYTES;
  }

  /** @return index behind the head */
  static int write(int first, int payloadBytes, byte[] target, int from) {
    int at = from;
    target[at++] = (byte) first;
    if (payloadBytes <= LONGEST_SHORT) {
      target[at++] = (byte) payloadBytes;
    } else if (payloadBytes <= LONGEST_MEDIUM) {
      target[at++] = MEDIUM;
      target[at++] = (byte) (payloadBytes >>> 8);
      target[at++] = (byte) payloadBytes;
    } else {
      target[at++] = LONG;
      for (int shift = 56; shift >= 0; shift -= 8) {
        target[at++] = (byte) ((long) payloadBytes >>> shift);
      }
    }
    return at;
  }
}
