package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds out what a store folder holds. A render is whole when its meta can be read and every file is there; anything else
 * (half renders of the reference implementation, which wrote the meta first) is reported, not listed, and left alone.
 */
final class StoreScan {
  private static final int READERS = 8;
  private static final int BATCH = 256;
  private static final long META_LIMIT_BYTES = 1 << 20;

  /** @param charge what the budget counts for it */
  record Entry(RenderMeta meta, Path folder, long charge) {}

  /** @param leftovers staging folders and slots that a newer one replaced */
  record Result(List<Entry> whole, Map<Path, String> damaged, List<Path> leftovers) {}

  private final FolderLayout layout;

  StoreScan(FolderLayout layout) {
    this.layout = layout;
  }

  /** @param known entries that need not be read, by folder */
  Result run(Map<Path, Entry> known) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<Path> leftovers = new ArrayList<>();
    List<Entry> whole = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(layout.root())) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        if (name.startsWith(FolderLayout.STAGING_PREFIX)) {
          leftovers.add(child);
        } else if (known.containsKey(child)) {
          whole.add(known.get(child));
        } else if (isRenderFolder(child, name)) {
          folders.add(child);
        }
      }
    }
    Map<Path, String> damaged = new HashMap<>();
    readAll(folders, whole, damaged);
    dropReplacedSlots(whole, leftovers);
    return new Result(whole, damaged, leftovers);
  }

  private static boolean isRenderFolder(Path child, String name) {
    return (RenderKey.wellFormed(name) || FolderLayout.slotOf(child).isPresent())
        && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
  }

  private void readAll(List<Path> folders, List<Entry> whole, Map<Path, String> damaged) throws IOException {
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<?>> batches = new ArrayList<>();
      for (int from = 0; from < folders.size(); from += BATCH) {
        List<Path> batch = folders.subList(from, Math.min(from + BATCH, folders.size()));
        batches.add(readers.submit((Callable<Void>) () -> {
          for (Path folder : batch) {
            read(folder, whole, damaged);
          }
          return null;
        }));
      }
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the store was read", interrupted);
    }
  }

  private void read(Path folder, List<Entry> whole, Map<Path, String> damaged) {
    try {
      Entry entry = entry(folder);
      synchronized (whole) {
        whole.add(entry);
      }
    } catch (IOException | RuntimeException unreadable) {
      synchronized (damaged) {
        damaged.put(folder, String.valueOf(unreadable.getMessage()));
      }
    }
  }

  /** Reads one render. @throws IOException when it is not whole */
  static Entry entry(Path folder) throws IOException {
    RenderMeta meta = StoredJson.meta(DurableFiles.read(folder.resolve(DocumentKind.META.fileName()), META_LIMIT_BYTES));
    requireOwnFolder(meta, folder);
    for (DocumentKind kind : DocumentKind.values()) {
      requireFile(folder.resolve(kind.fileName()));
    }
    requireFile(folder.resolve(FolderLayout.AUDIO));
    return new Entry(meta, folder, meta.sizeBytes() == null ? measure(folder) : meta.sizeBytes());
  }

  private static void requireOwnFolder(RenderMeta meta, Path folder) throws IOException {
    Optional<FolderLayout.Slot> slot = FolderLayout.slotOf(folder);
    boolean fits = slot.isEmpty()
        ? folder.getFileName().toString().equals(meta.id())
        : RenderKey.LAST.equals(meta.id()) && meta.createdBy() != null
            && FolderLayout.ownerHash(meta.createdBy()).equals(slot.get().ownerHash());
    if (!fits) {
      throw new IOException("meta.json names another render");
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file.getFileName() + " is missing");
    }
  }

  /** The charge of a render that a store of the reference implementation holds without stating it. */
  private static long measure(Path folder) throws IOException {
    long documents = 0;
    for (DocumentKind kind : DocumentKind.values()) {
      if (kind != DocumentKind.META) {
        documents += StoredJson.compactBytes(DurableFiles.read(folder.resolve(kind.fileName()), Integer.MAX_VALUE - 8));
      }
    }
    return Charge.bytes(Files.size(folder.resolve(FolderLayout.AUDIO)), documents);
  }

  private static void dropReplacedSlots(List<Entry> whole, List<Path> leftovers) {
    Map<String, Entry> newest = new HashMap<>();
    List<Entry> replaced = new ArrayList<>();
    for (Entry entry : whole) {
      FolderLayout.slotOf(entry.folder()).ifPresent(slot -> newest.merge(slot.ownerHash(), entry, (one, other) -> {
        boolean otherIsNewer = sequence(other) > sequence(one);
        replaced.add(otherIsNewer ? one : other);
        return otherIsNewer ? other : one;
      }));
    }
    whole.removeAll(replaced);
    replaced.forEach(entry -> leftovers.add(entry.folder()));
  }

  private static long sequence(Entry slot) {
    return FolderLayout.slotOf(slot.folder()).orElseThrow().sequence();
  }
}
