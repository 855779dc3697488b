package dev.cantora.daemon.jam;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids that nobody can guess, in hex. Any thread. */
final class Ids {

  private static final int SESSION_BYTES = 4;
  private static final int PARTICIPANT_BYTES = 6;
  private static final int TOKEN_BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  String session() {
    return hex(SESSION_BYTES);
  }

  String participant() {
    return hex(PARTICIPANT_BYTES);
  }

  String resumeToken() {
    return hex(TOKEN_BYTES);
  }

  int seed() {
    return random.nextInt();
  }

  private String hex(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return HexFormat.of().formatHex(value);
  }
}
