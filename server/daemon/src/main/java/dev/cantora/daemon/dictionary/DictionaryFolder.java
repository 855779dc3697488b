package dev.cantora.daemon.dictionary;

import dev.cantora.daemon.bank.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One file per dictionary. A change is on the disk before it is seen: written beside the old file, synced, renamed over it. A
 * file that was being written when the daemon died is overwritten by the next change.
 */
final class DictionaryFolder implements DictionaryStore {

  private static final long FILE_LIMIT_BYTES = 64L << 20;

  private final Path folder;

  /** @param folder made with the first dictionary */
  DictionaryFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    try {
      return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(DurableFiles.read(file(name), FILE_LIMIT_BYTES)) : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized Optional<byte[]> change(String name, UnaryOperator<Optional<byte[]>> change) throws IOException {
    Optional<byte[]> before = before(name);
    Optional<byte[]> after = change.apply(before);
    if (after != before && after.isPresent()) {
      Files.createDirectories(folder);
      DurableFiles.replace(file(name), after.get());
    }
    return after;
  }

  private Optional<byte[]> before(String name) {
    try {
      return read(name);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".json");
  }
}
