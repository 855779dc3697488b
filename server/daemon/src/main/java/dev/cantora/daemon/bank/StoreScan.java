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

  /**
   * @param whole all renders
   * @param believed those of them that were not read because the log knew them
   * @param leftovers staging folders and slots that a newer one replaced
   */
  record Result(List<StoreEntry> whole, List<StoreEntry> believed, Map<Path, String> damaged, List<Path> leftovers) {}

  private final FolderLayout layout;

  StoreScan(FolderLayout layout) {
    this.layout = layout;
  }

  /** @param logged renders that need not be read, by the names of their folders */
  Result run(Map<String, LoggedMeta> logged) throws IOException {
    List<Path> folders = new ArrayList<>();
    List<Path> leftovers = new ArrayList<>();
    List<StoreEntry> believed = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(layout.root())) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        if (name.startsWith(FolderLayout.STAGING_PREFIX)) {
          leftovers.add(child);
        } else if (logged.containsKey(name)) {
          believe(logged.get(name), child, believed, folders);
        } else if (isRenderFolder(child, name)) {
          folders.add(child);
        }
      }
    }
    Map<Path, String> damaged = new HashMap<>();
    List<StoreEntry> whole = new ArrayList<>(believed);
    readAll(folders, whole, damaged);
    dropReplacedSlots(whole, leftovers);
    return new Result(whole, believed, damaged, leftovers);
  }

  private static void believe(LoggedMeta line, Path folder, List<StoreEntry> believed, List<Path> toRead) {
    try {
      believed.add(StoreEntry.logged(line, folder));
    } catch (IOException | RuntimeException noMeta) {
      toRead.add(folder);
    }
  }

  private static boolean isRenderFolder(Path child, String name) {
    return (RenderKey.wellFormed(name) || FolderLayout.slotOf(child).isPresent())
        && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
  }

  private void readAll(List<Path> folders, List<StoreEntry> whole, Map<Path, String> damaged) throws IOException {
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

  private void read(Path folder, List<StoreEntry> whole, Map<Path, String> damaged) {
    try {
      StoreEntry entry = entry(folder);
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
  static StoreEntry entry(Path folder) throws IOException {
    RenderMeta meta = StoredJson.meta(DurableFiles.read(folder.resolve(DocumentKind.META.fileName()), META_LIMIT_BYTES));
    requireOwnFolder(meta, folder);
    for (DocumentKind kind : DocumentKind.values()) {
      requireFile(folder.resolve(kind.fileName()));
    }
    requireFile(folder.resolve(FolderLayout.AUDIO));
    return StoreEntry.of(meta, folder, meta.sizeBytes() == null ? measure(folder) : meta.sizeBytes());
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

  private static void dropReplacedSlots(List<StoreEntry> whole, List<Path> leftovers) {
    Map<String, StoreEntry> newest = new HashMap<>();
    List<StoreEntry> replaced = new ArrayList<>();
    for (StoreEntry entry : whole) {
      slotOf(entry).ifPresent(slot -> newest.merge(slot.ownerHash(), entry, (one, other) -> {
        boolean otherIsNewer = sequence(other) > sequence(one);
        replaced.add(otherIsNewer ? one : other);
        return otherIsNewer ? other : one;
      }));
    }
    whole.removeAll(replaced);
    replaced.forEach(entry -> leftovers.add(entry.folder()));
  }

  /** Only of slots the folder's name is taken apart. */
  private static Optional<FolderLayout.Slot> slotOf(StoreEntry entry) {
    return entry.key().isLast() ? FolderLayout.slotOf(entry.folder()) : Optional.empty();
  }

  private static long sequence(StoreEntry slot) {
    return FolderLayout.slotOf(slot.folder()).orElseThrow().sequence();
  }
}
