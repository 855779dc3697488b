package dev.cantora.bench.hostile;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Fills a store with copies of the one render that it holds, which only differ in their ids. */
final class FullStore {
  private FullStore() {}

  /** @param store of a daemon that does not run */
  static void copies(Path store, int count) throws IOException {
    Path original = original(store);
    String id = original.getFileName().toString();
    String meta = Files.readString(original.resolve("meta.json"));
    for (int i = 1; i < count; i++) {
      String copyId = id.substring(0, id.length() - 8) + String.format(Locale.ROOT, "%08x", i);
      Path copy = Files.createDirectory(store.resolve(copyId));
      try (DirectoryStream<Path> files = Files.newDirectoryStream(original)) {
        for (Path file : files) {
          if (!file.endsWith("meta.json")) {
            Files.createLink(copy.resolve(file.getFileName()), file);
          }
        }
      }
      Files.writeString(copy.resolve("meta.json"), meta.replace(id, copyId));
    }
  }

  private static Path original(Path store) throws IOException {
    try (DirectoryStream<Path> renders = Files.newDirectoryStream(store, "2*")) {
      return renders.iterator().next();
    }
  }
}
