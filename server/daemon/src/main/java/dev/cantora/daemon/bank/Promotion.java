package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Copies a {@code last} slot to an id of its own. Stored files never change in place, so where the file system can, the
 * copy is a second name for the same bytes.
 */
final class Promotion {
  private final FolderBank bank;
  private final Path staging;
  private final RenderNames names;

  Promotion(FolderBank bank, Path staging, RenderNames names) {
    this.bank = bank;
    this.staging = staging;
    this.names = names;
  }

  /** @throws NoSuchFileException when the slot was replaced meanwhile */
  RenderMeta run(StoreEntry source, String owner, String name, LedgerReservation room) throws IOException {
    RenderMeta meta = names.promoted(source.meta(), owner, name, source.charge());
    try {
      Files.createDirectory(staging);
      copy(source.folder(), FolderLayout.AUDIO);
      for (DocumentKind kind : DocumentKind.values()) {
        if (kind != DocumentKind.META) {
          copy(source.folder(), kind.fileName());
        }
      }
      DurableFiles.writeNew(staging.resolve(DocumentKind.META.fileName()), StoredJson.pretty(meta));
      DurableFiles.syncFolder(staging);
      bank.publish(staging, meta, source.charge(), room);
      return meta;
    } finally {
      names.settled(meta);
      bank.deleteQuietly(staging);
    }
  }

  private void copy(Path from, String fileName) throws IOException {
    Path source = from.resolve(fileName);
    Path copy = staging.resolve(fileName);
    if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(fileName);
    }
    try {
      Files.createLink(copy, source);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      if (noLinks instanceof NoSuchFileException gone) {
        throw gone;
      }
      Files.copy(source, copy, LinkOption.NOFOLLOW_LINKS);
      DurableFiles.sync(copy);
    }
  }
}
