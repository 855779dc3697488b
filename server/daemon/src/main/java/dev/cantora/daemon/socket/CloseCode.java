package dev.cantora.daemon.socket;

import java.nio.charset.StandardCharsets;

/** Close codes of RFC 6455 section 7.4 and of the wire contract. */
public final class CloseCode {
  public static final int NORMAL = 1000;
  public static final int GOING_AWAY = 1001;
  public static final int PROTOCOL_ERROR = 1002;
  /** Never on the wire: the peer closed without stating a code. */
  public static final int NO_STATUS = 1005;
  /** Never on the wire: the TCP connection ended without a close frame. */
  public static final int ABNORMAL = 1006;
  public static final int INVALID_DATA = 1007;
  /** Heartbeat missed, or a reader so slow that even answers pile up. */
  public static final int POLICY = 1008;
  public static final int TOO_BIG = 1009;
  public static final int INTERNAL = 1011;
  public static final int UNAUTHORIZED = 4001;
  public static final int FULL = 4002;
  public static final int SESSION_DESTROYED = 4003;

  /** Longest reason in bytes: a control frame holds 125, two of them are the code. */
  private static final int MAX_REASON_BYTES = 123;

  private CloseCode() {}

  /** What a close frame holds, nothing for {@link #NO_STATUS}. @param reason cut between characters where it is too long */
  static byte[] payload(int code, String reason) {
    if (code == NO_STATUS) {
      return new byte[0];
    }
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, MAX_REASON_BYTES);
    while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
      length--;
    }
    byte[] payload = new byte[2 + length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(bytes, 0, payload, 2, length);
    return payload;
  }

  /** Whether a peer may put this code into a close frame (RFC 6455 section 7.4, IANA registry up to 1014). */
  static boolean permittedFromPeer(int code) {
    return code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014 || code >= 3000 && code <= 4999;
  }
}
