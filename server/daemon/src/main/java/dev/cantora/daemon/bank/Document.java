package dev.cantora.daemon.bank;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.hash.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.HexFormat;

/**
 * A JSON document as it is stored, and what the contract counts of its compact form. That form itself is not kept: a long
 * score takes megabytes, for as long as its render lasts.
 *
 * @param pretty as stored: indented by two spaces, UTF-8
 * @param compactBytes length without insignificant white space, which the budget charges
 * @param compactHash SHA-256 over the compact form, 64 hex digits
 */
public record Document(byte[] pretty, long compactBytes, String compactHash) {

  public static Document of(JsonNode value) {
    try {
      Counted compact = new Counted();
      StoredJson.compact(value, compact);
      return new Document(StoredJson.pretty(value), compact.bytes, compact.hash());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** SHA-256 over the stored form, 64 hex digits. */
  public String storedHash() {
    return Sha256.hex(pretty);
  }

  /** Hashes and counts what is written, and keeps nothing of it. */
  private static final class Counted extends DigestOutputStream {
    private long bytes;

    Counted() {
      super(OutputStream.nullOutputStream(), Sha256.digest());
    }

    @Override
    public void write(int value) throws IOException {
      bytes++;
      super.write(value);
    }

    @Override
    public void write(byte[] buffer, int from, int count) throws IOException {
      bytes += count;
      super.write(buffer, from, count);
    }

    String hash() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
