package dev.cantora.daemon.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which file answers for a page: itself, or a version beside it that was compressed when the pages were built
 * ({@code name.br}, {@code name.gz}).
 *
 * @param coding content coding (RFC 9110, section 8.4.1), null for the file itself
 */
record StoredVersion(Path file, String coding) {

  /** The smallest that the caller takes. @param acceptEncoding as sent, null without the header */
  static StoredVersion of(Path file, String acceptEncoding) throws IOException {
    StoredVersion brotli = new StoredVersion(beside(file, ".br"), "br");
    StoredVersion gzip = new StoredVersion(beside(file, ".gz"), "gzip");
    for (StoredVersion version : new StoredVersion[] {brotli, gzip}) {
      if (acceptEncoding != null && takes(acceptEncoding, version.coding) && version.isOf(file)) {
        return version;
      }
    }
    return new StoredVersion(file, null);
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** A version older than the file was made of another one. */
  private boolean isOf(Path original) throws IOException {
    return Files.isRegularFile(file) && !Files.isSymbolicLink(file)
        && Files.getLastModifiedTime(file).toMillis() >= Files.getLastModifiedTime(original).toMillis();
  }

  private static boolean takes(String acceptEncoding, String coding) {
    return Arrays.stream(acceptEncoding.toLowerCase(Locale.ROOT).split(",")).map(part -> part.replace(" ", ""))
        .anyMatch(part -> part.equals(coding) || part.startsWith(coding + ";") && !part.matches(".*;q=0(\\.0*)?"));
  }
}
