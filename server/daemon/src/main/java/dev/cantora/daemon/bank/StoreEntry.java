package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the index holds of a render. The meta of one that the {@link MetaLog} knew is parsed when somebody asks for it: at
 * start, with nothing compiled yet, ten thousand of them would take two seconds of CPU time.
 */
final class StoreEntry {
  private final RenderKey key;
  private final Path folder;
  private final long charge;
  private volatile Object meta; // RenderMeta, or the LoggedMeta that it will be parsed from

  private StoreEntry(RenderKey key, Path folder, long charge, Object meta) {
    this.key = key;
    this.folder = folder;
    this.charge = charge;
    this.meta = meta;
  }

  /** @param charge what the budget counts for it */
  static StoreEntry of(RenderMeta meta, Path folder, long charge) {
    // the plain last folder belongs to nobody, whatever its meta says
    boolean plainLast = folder.getFileName().toString().equals(RenderKey.LAST);
    return new StoreEntry(plainLast ? RenderKey.UNOWNED_LAST : meta.key(), folder, charge, meta);
  }

  /** @throws IOException when it is a slot, whose owner only its meta knows, and that cannot be parsed */
  static StoreEntry logged(LoggedMeta line, Path folder) throws IOException {
    return line.folderName().startsWith(RenderKey.LAST)
        ? of(line.parse(), folder, line.charge())
        : new StoreEntry(RenderKey.of(line.folderName()), folder, line.charge(), line);
  }

  RenderKey key() {
    return key;
  }

  Path folder() {
    return folder;
  }

  long charge() {
    return charge;
  }

  /** READ_ERROR when the log held something else than a meta. */
  RenderMeta meta() {
    if (meta instanceof RenderMeta parsed) {
      return parsed;
    }
    try {
      if (meta instanceof LoggedMeta line) {
        meta = line.parse();
      }
      return (RenderMeta) meta;
    } catch (IOException noMeta) {
      throw BankFaults.unreadable(DocumentKind.META.fileName(), noMeta);
    }
  }

  /** The line of the log that says all this. */
  LoggedMeta line() throws IOException {
    return meta instanceof LoggedMeta line ? line : LoggedMeta.of(folder.getFileName().toString(), charge, meta());
  }

  boolean says(StoreEntry other) {
    return other != null && folder.equals(other.folder) && charge == other.charge && meta().equals(other.meta());
  }
}
