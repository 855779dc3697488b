package dev.cantora.daemon.bank;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** File operations that are done when they return, also for the disk. Links are never followed. */
public final class DurableFiles {
  private DurableFiles() {}

  /** Writes a new file and syncs it; its folder must be synced by the caller. */
  public static void writeNew(Path file, byte[] content) throws IOException {
    try (FileChannel channel = createNew(file)) {
      fill(channel, content);
    }
  }

  static void fill(FileChannel channel, byte[] content) throws IOException {
    writeFully(channel, ByteBuffer.wrap(content));
    channel.force(true);
  }

  /** Puts a small file into place whole, over an earlier one if there is one; what a killed writer left beside it is overwritten. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    writeNew(beside, content);
    moveAtomically(beside, file);
    syncFolder(file.getParent());
  }

  static FileChannel createNew(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    }
  }

  /** Makes renames and new entries of a folder survive a power cut. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Renames in one step; the target must not exist unless it is a file. */
  public static void moveAtomically(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Opens a regular file in a folder that is itself no link. */
  static FileChannel openForReading(Path file) throws IOException {
    if (!Files.readAttributes(file.getParent(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isDirectory()) {
      throw new IOException("not a folder");
    }
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads a whole small file. @throws IOException when it is longer than the limit */
  public static byte[] read(Path file, long limitBytes) throws IOException {
    try (FileChannel channel = openForReading(file)) {
      long size = channel.size();
      if (size > limitBytes) {
        throw new IOException("longer than " + limitBytes + " bytes");
      }
      ByteBuffer content = ByteBuffer.allocate((int) size);
      while (content.hasRemaining() && channel.read(content) >= 0) {
        // short reads are legal
      }
      if (content.hasRemaining()) {
        throw new IOException("became shorter while it was read");
      }
      return content.array();
    }
  }

  /** Deletes a folder and what is in it; what vanishes meanwhile is no error. */
  public static void deleteTree(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
          Files.deleteIfExists(file);
          return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
          if (error instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
          }
          throw error;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
          if (error != null) {
            throw error;
          }
          Files.deleteIfExists(directory);
          return FileVisitResult.CONTINUE;
        }
      });
    } catch (NoSuchFileException gone) {
      // nothing left to delete
    }
  }
}
