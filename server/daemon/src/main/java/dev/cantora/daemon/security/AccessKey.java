package dev.cantora.daemon.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A principal and the SHA-256 of its key; the key itself is forgotten. */
record AccessKey(Principal principal, byte[] keySha256) {

  static AccessKey of(Principal principal, String key) {
    return new AccessKey(principal, sha256(key));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException cannotHappen) {
      throw new IllegalStateException("every Java has SHA-256", cannotHappen);
    }
  }

  @Override
  public String toString() {
    return "AccessKey[" + principal.id() + "]";
  }
}
