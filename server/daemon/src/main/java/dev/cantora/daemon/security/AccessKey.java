package dev.cantora.daemon.security;

import dev.cantora.daemon.hash.Sha256;
import java.nio.charset.StandardCharsets;

/** A principal and the SHA-256 of its key; the key itself is forgotten. */
record AccessKey(Principal principal, byte[] keySha256) {

  static AccessKey of(Principal principal, String key) {
    return new AccessKey(principal, sha256(key));
  }

  static byte[] sha256(String text) {
    return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "AccessKey[" + principal.id() + "]";
  }
}
