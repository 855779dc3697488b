package dev.cantora.daemon.bank;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A copy of all metas in one file, so that a start reads one file instead of ten thousand. Only a copy: which folders exist
 * decides what there is, a folder without a line is read itself, and {@link IndexCheck} compares every line with its folder
 * after the start. A line is written before the rename that it announces and never synced.
 *
 * <p>Its lines are {@link LoggedMeta}s. The last line of a folder counts; a torn line does not.
 */
final class MetaLog implements AutoCloseable {
  private static final long SLACK_BYTES = 4 << 20;
  private static final int WRITE_BYTES = 1 << 16;

  private final FolderLayout layout;
  private FileChannel channel;
  private long liveBytes;
  private long bytes;

  MetaLog(FolderLayout layout) {
    this.layout = layout;
  }

  /** @param lines by the names of their folders @param intact whether nothing in the log was torn */
  record Contents(Map<String, LoggedMeta> lines, boolean intact) {}

  /** No lines when there is no log or it cannot be used. */
  Contents read() {
    if (!Files.isRegularFile(layout.metaLog(), LinkOption.NOFOLLOW_LINKS)) {
      return new Contents(Map.of(), true);
    }
    try {
      return lines(Files.readAllBytes(layout.metaLog()));
    } catch (IOException | OutOfMemoryError unreadable) {
      return new Contents(Map.of(), false);
    }
  }

  private static Contents lines(byte[] log) {
    Map<String, LoggedMeta> lines = new HashMap<>();
    int from = 0;
    int torn = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == '\n') {
        LoggedMeta line = LoggedMeta.read(log, from, i);
        if (line == null) {
          torn++;
        } else {
          lines.put(line.folderName(), line);
        }
        from = i + 1;
      }
    }
    return new Contents(lines, torn == 0 && from == log.length);
  }

  /** Starts afresh with what the store holds. */
  synchronized void rewrite(Collection<StoreEntry> entries) throws IOException {
    close();
    Path fresh = layout.staging("log");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh), WRITE_BYTES)) {
      for (StoreEntry entry : entries) {
        out.write(entry.line().bytes());
      }
    }
    DurableFiles.moveAtomically(fresh, layout.metaLog());
    open();
    liveBytes = bytes;
  }

  private void open() throws IOException {
    channel = FileChannel.open(layout.metaLog(), StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    bytes = channel.size();
  }

  /** Announces a new or changed entry. */
  synchronized void append(StoreEntry entry, Collection<StoreEntry> all) throws IOException {
    if (channel == null && Files.exists(layout.metaLog())) {
      open();
    }
    if (channel == null || bytes > 2 * liveBytes + SLACK_BYTES) {
      rewrite(all);
    }
    byte[] line = entry.line().bytes();
    DurableFiles.writeFully(channel, ByteBuffer.wrap(line));
    bytes += line.length;
  }

  @Override
  public synchronized void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException harmless) {
        // only a copy
      }
      channel = null;
    }
  }
}
