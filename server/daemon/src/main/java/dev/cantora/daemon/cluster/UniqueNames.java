package dev.cantora.daemon.cluster;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody ever had, nor can guess. Thread-safe. */
final class UniqueNames {
  private static final int BYTES = 16;
  /** What they look like. */
  static final String PATTERN = "[0-9a-f]{" + 2 * BYTES + "}";

  private final SecureRandom random = new SecureRandom();

  String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
