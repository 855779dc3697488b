package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.OutputStream;

/** An opened audio file. For one thread; close it. */
public interface StoredAudio extends AutoCloseable {

  long lengthBytes();

  /** SHA-256 of the file in hex, as many digits as the store knows (64 for renders of this version). */
  String wavHash();

  /**
   * Copies a part without holding more than a small buffer.
   *
   * @param from first byte, 0-based
   * @param count bytes to copy, within the length
   * @throws IOException from the stream, or when the file became shorter than it was
   */
  void copyTo(OutputStream out, long from, long count) throws IOException;

  @Override
  void close();
}
