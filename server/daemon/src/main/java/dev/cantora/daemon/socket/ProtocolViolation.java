package dev.cantora.daemon.socket;

/** The peer broke RFC 6455 or a size cap; the connection is closed with this code. Carries no stack: peers cause it at will. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;
  private final int closeCode;

  ProtocolViolation(int closeCode, String reason) {
    super(reason, null, false, false);
    this.closeCode = closeCode;
  }

  int closeCode() {
    return closeCode;
  }
}
