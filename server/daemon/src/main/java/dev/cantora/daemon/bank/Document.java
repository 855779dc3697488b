package dev.cantora.daemon.bank;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A JSON document in the two forms the contract counts with.
 *
 * @param pretty as stored: indented by two spaces, UTF-8
 * @param compact without insignificant white space, whose length the budget charges
 */
public record Document(byte[] pretty, byte[] compact) {

  public static Document of(JsonNode value) {
    try {
      return new Document(StoredJson.pretty(value), StoredJson.compact(value));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** SHA-256 over the compact form, 64 hex digits. */
  public String compactHash() {
    return Sha256.hex(compact);
  }

  /** SHA-256 over the stored form, 64 hex digits. */
  public String storedHash() {
    return Sha256.hex(pretty);
  }
}
