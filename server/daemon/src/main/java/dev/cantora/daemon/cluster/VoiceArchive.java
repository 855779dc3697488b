package dev.cantora.daemon.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A folder as one ZIP file that has the same bytes for the same files, whatever their times. */
final class VoiceArchive {
  private static final long NO_TIME_MS = 315_619_200_000L;
  private static final long MOST_BYTES = 1L << 30;

  private VoiceArchive() {}

  static byte[] pack(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes); Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
        entry.setTimeLocal(java.time.LocalDateTime.ofEpochSecond(NO_TIME_MS / 1000, 0, java.time.ZoneOffset.UTC));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** @throws IOException also when an entry would lie outside of the folder, or all are too large */
  static void unpack(byte[] packed, Path folder) throws IOException {
    long left = MOST_BYTES;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !file.startsWith(folder)) {
          throw new IOException("an entry is no file of the voice");
        }
        byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
        left -= content.length;
        if (left < 0) {
          throw new IOException("the voice is too large");
        }
        Files.createDirectories(file.getParent());
        Files.write(file, content);
      }
    }
  }
}
