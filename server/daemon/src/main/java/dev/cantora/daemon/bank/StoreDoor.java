package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Opens the store folder, keeps other daemons out of it, and knows whether it can be used. A folder that was not usable at
 * start is tried again when somebody asks, so that a disk mounted late needs no restart.
 */
final class StoreDoor implements AutoCloseable {
  private static final long RETRY_NS = 1_000_000_000L;

  /** Reads the store once it is open. */
  @FunctionalInterface
  interface Loader {
    void load() throws IOException;
  }

  private final FolderLayout layout;
  private final Loader loader;
  private FileChannel lockFile;
  private volatile boolean open;
  private String reason = "init_incomplete";
  private long lastTryNs = Long.MIN_VALUE;

  StoreDoor(FolderLayout layout, Loader loader) {
    this.layout = layout;
    this.loader = loader;
  }

  /** Why the store cannot be used, in the words of {@code /readyz}. */
  Optional<String> failing() {
    if (!open && !tryToOpen()) {
      synchronized (this) {
        return Optional.of(reason);
      }
    }
    Path root = layout.root();
    if (!Files.isDirectory(root)) {
      return Optional.of(Files.exists(root, LinkOption.NOFOLLOW_LINKS)
          ? "render_store_not_directory" : "render_store_unavailable:ENOENT");
    }
    return Files.isWritable(root) ? Optional.empty() : writing(root).map(errno -> "render_store_unavailable:" + errno);
  }

  /** What the system says to a write; whether one is allowed tells no reason. */
  private static Optional<String> writing(Path root) {
    try {
      Files.delete(Files.createTempFile(root, FolderLayout.STAGING_PREFIX, ".probe"));
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(BankFaults.errno(refused));
    }
  }

  /** READ_ERROR unless the store was opened. */
  void requireOpen() {
    if (!open && !tryToOpen()) {
      synchronized (this) {
        throw BankFaults.unavailable(reason);
      }
    }
  }

  private synchronized boolean tryToOpen() {
    long now = System.nanoTime();
    if (open || (lastTryNs != Long.MIN_VALUE && now - lastTryNs < RETRY_NS)) {
      return open;
    }
    lastTryNs = now;
    try {
      if (Files.exists(layout.root()) && !Files.isDirectory(layout.root())) {
        reason = "render_store_not_directory";
        return false;
      }
      Files.createDirectories(layout.root());
      if (!lock()) {
        reason = "render_store_unavailable:EBUSY";
        return false;
      }
      loader.load();
      open = true;
    } catch (IOException failed) {
      reason = "render_store_unavailable:" + BankFaults.errno(failed);
      unlock();
    }
    return open;
  }

  /** The lock ends with the process, however it ends. */
  private boolean lock() throws IOException {
    lockFile = FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    FileLock lock = null;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      // another bank of this process has it
    }
    if (lock == null) {
      unlock();
    }
    return lock != null;
  }

  private void unlock() {
    if (lockFile != null) {
      try {
        lockFile.close();
      } catch (IOException harmless) {
        // nothing was written
      }
      lockFile = null;
    }
  }

  @Override
  public synchronized void close() {
    open = false;
    lastTryNs = Long.MAX_VALUE / 2;
    reason = "render_store_unavailable:closed";
    unlock();
  }
}
