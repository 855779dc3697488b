package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads a draft's file behind its writer. The open file outlives the renaming of its folder. */
final class FolderGrowingAudio implements GrowingAudio {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel file;
  private final WriteProgress progress;

  FolderGrowingAudio(Path audio, WriteProgress progress) throws IOException {
    this.file = DurableFiles.openForReading(audio);
    this.progress = progress;
  }

  @Override
  public void copyTo(OutputStream out) throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long at = 0;
    long known = 0;
    while (true) {
      long there = progress.awaitMoreThan(known);
      boolean kept = there == known;
      long until = kept ? there : there - 1;
      while (at < until) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, until - at));
        int count = file.read(buffer, at);
        if (count < 0) {
          throw new IOException("the audio became shorter");
        }
        out.write(buffer.array(), 0, count);
        at += count;
      }
      out.flush();
      if (kept) {
        return;
      }
      known = there;
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
