package dev.cantora.daemon.bank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A copy of all metas in one file, so that a start reads one file instead of ten thousand. Only a copy: which folders exist
 * decides what there is, a folder without a line is read itself, and {@link IndexCheck} compares every line with its folder
 * after the start. A line is written before the rename that it announces and never synced.
 *
 * <p>Line: folder name, tab, charge in bytes, tab, compact meta. The last line of a folder counts; a torn line does not.
 */
final class MetaLog implements AutoCloseable {
  private static final long SLACK_BYTES = 4 << 20;

  private final FolderLayout layout;
  private FileChannel channel;
  private long liveBytes;
  private long bytes;

  MetaLog(FolderLayout layout) {
    this.layout = layout;
  }

  /** Entries by folder; empty when there is no log or it cannot be used. */
  Map<Path, StoreScan.Entry> read() {
    if (!Files.isRegularFile(layout.metaLog(), LinkOption.NOFOLLOW_LINKS)) {
      return Map.of();
    }
    Map<String, String> lastLines = new HashMap<>();
    try (Stream<String> lines = Files.lines(layout.metaLog(), StandardCharsets.ISO_8859_1)) {
      lines.forEach(line -> {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          lastLines.put(line.substring(0, tab), line);
        }
      });
    } catch (IOException | UncheckedIOException unreadable) {
      return Map.of();
    }
    Map<Path, StoreScan.Entry> entries = new ConcurrentHashMap<>();
    lastLines.values().parallelStream().forEach(line -> parse(line, entries));
    return entries;
  }

  private void parse(String line, Map<Path, StoreScan.Entry> entries) {
    String[] parts = line.split("\t", 3);
    try {
      Path folder = layout.root().resolve(parts[0]);
      RenderMeta meta = StoredJson.meta(parts[2].getBytes(StandardCharsets.ISO_8859_1));
      entries.put(folder, new StoreScan.Entry(meta, folder, Long.parseLong(parts[1])));
    } catch (IOException | RuntimeException torn) {
      // the folder will be read itself
    }
  }

  /** Starts afresh with what the store holds. */
  synchronized void rewrite(Collection<StoreScan.Entry> entries) throws IOException {
    close();
    Path fresh = layout.staging("log");
    StringBuilder text = new StringBuilder();
    for (StoreScan.Entry entry : entries) {
      text.append(line(entry));
    }
    Files.write(fresh, text.toString().getBytes(StandardCharsets.UTF_8));
    DurableFiles.moveAtomically(fresh, layout.metaLog());
    open();
    liveBytes = bytes;
  }

  private void open() throws IOException {
    channel = FileChannel.open(layout.metaLog(), StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    bytes = channel.size();
  }

  /** Announces a new or changed entry. */
  synchronized void append(StoreScan.Entry entry, Collection<StoreScan.Entry> all) throws IOException {
    if (channel == null && Files.exists(layout.metaLog())) {
      open();
    }
    if (channel == null || bytes > 2 * liveBytes + SLACK_BYTES) {
      rewrite(all);
    }
    byte[] line = line(entry).getBytes(StandardCharsets.UTF_8);
    DurableFiles.writeFully(channel, ByteBuffer.wrap(line));
    bytes += line.length;
  }

  private static String line(StoreScan.Entry entry) throws IOException {
    return entry.folder().getFileName() + "\t" + entry.charge() + "\t"
        + new String(StoredJson.compact(entry.meta()), StandardCharsets.UTF_8) + "\n";
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
