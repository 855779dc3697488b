package dev.cantora.daemon.bank;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An audio file that stays readable while it is open, whatever happens to its name. */
public final class FolderAudio implements StoredAudio {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int HEADER_BYTES = 44;

  private final FileChannel channel;
  private final long lengthBytes;
  private final String wavHash;

  /** @throws IOException when it is missing, a link, or no whole WAV file */
  public FolderAudio(Path file, String wavHash) throws IOException {
    this.wavHash = wavHash;
    this.channel = DurableFiles.openForReading(file);
    try {
      this.lengthBytes = channel.size();
      requireWav();
    } catch (IOException broken) {
      channel.close();
      throw broken;
    }
  }

  private void requireWav() throws IOException {
    ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    channel.read(head, 0);
    boolean whole = lengthBytes >= HEADER_BYTES && !head.hasRemaining()
        && new String(head.array(), 0, 4, StandardCharsets.US_ASCII).equals("RIFF")
        && new String(head.array(), 8, 4, StandardCharsets.US_ASCII).equals("WAVE")
        && Integer.toUnsignedLong(head.getInt(4)) + 8 <= lengthBytes;
    if (!whole) {
      throw new IOException("not a whole WAV file");
    }
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public String wavHash() {
    return wavHash;
  }

  @Override
  public void copyTo(OutputStream out, long from, long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, count)];
    long position = from;
    long end = from + count;
    while (position < end) {
      int read = channel.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - position)), position);
      if (read < 0) {
        throw new EOFException("the audio became shorter while it was sent");
      }
      out.write(buffer, 0, read);
      position += read;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException harmless) {
      // it was only read
    }
  }
}
