package dev.cantora.daemon.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody ever had, nor can guess. Thread-safe. */
final class UniqueNames {
  private final SecureRandom random = new SecureRandom();
  private final int bytes;

  /** @param bytes of chance in each */
  UniqueNames(int bytes) {
    this.bytes = bytes;
  }

  boolean matches(String name) {
    return name.matches("[0-9a-f]{" + 2 * bytes + "}");
  }

  String next() {
    byte[] name = new byte[bytes];
    random.nextBytes(name);
    return HexFormat.of().formatHex(name);
  }
}
