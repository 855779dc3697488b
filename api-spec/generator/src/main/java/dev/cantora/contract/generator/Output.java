package dev.cantora.contract.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of generated files. Files whose text did not change are left alone, so that compilers see nothing new. */
final class Output {
  private final Path root;
  private final Set<Path> written = new HashSet<>();

  Output(Path root) {
    this.root = root.normalize();
  }

  void write(String relativePath, String text) throws IOException {
    Path file = root.resolve(relativePath);
    written.add(file);
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void writeJava(String qualifiedName, String text) throws IOException {
    write(qualifiedName.replace('.', '/') + ".java", text);
  }

  /** Removes files that an earlier run left and this one did not write. */
  void deleteStale() throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).filter(f -> !written.contains(f)).toList()) {
        Files.delete(file);
      }
    }
  }
}
