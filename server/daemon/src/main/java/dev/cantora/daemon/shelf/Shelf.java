package dev.cantora.daemon.shelf;

import dev.cantora.daemon.bank.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of documents, readable by the daemon's user only. A document is on the disk when {@link #put} returns; one that
 * was being written when the daemon died is the old one. Calls for different names may run at once.
 */
public final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final String EXTENSION = ".json";
  private static final long MOST_BYTES = 64L << 20;

  /** @param name of the document */
  public record Document(String name, byte[] content) {}

  private final Path folder;

  /** @param folder made when it is first needed */
  public Shelf(Path folder) {
    this.folder = folder;
  }

  /** Puts a document there, over an earlier one of the name. @throws IOException when the disk does not take it */
  public void put(String name, byte[] content) throws IOException {
    Path file = file(name);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      makeFolder();
    }
    DurableFiles.replace(file, content);
  }

  /** What is not there need not be removed. A removal may be undone by a power cut. */
  public void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException failed) {
      LOG.atWarn().addKeyValue("document", name).setCause(failed).log("shelf_not_cleared");
    }
  }

  /** Everything there, in no order. What cannot be read is passed over. */
  public List<Document> all() {
    List<Document> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        try {
          found.add(new Document(name.substring(0, name.length() - EXTENSION.length()), DurableFiles.read(file, MOST_BYTES)));
        } catch (IOException unreadable) {
          LOG.atWarn().addKeyValue("file", name).setCause(unreadable).log("shelf_unreadable");
        }
      }
    } catch (NoSuchFileException empty) {
      return found;
    } catch (IOException unreadable) {
      LOG.atWarn().addKeyValue("folder", folder.getFileName().toString()).setCause(unreadable).log("shelf_unreadable");
    }
    return found;
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(folder);
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (UnsupportedOperationException | FileSystemException noSuchRights) {
      LOG.debug("shelf_rights_unchanged", noSuchRights);
    }
    DurableFiles.syncFolder(folder.toAbsolutePath().getParent());
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a document: " + name);
    }
    return folder.resolve(name + EXTENSION);
  }
}
