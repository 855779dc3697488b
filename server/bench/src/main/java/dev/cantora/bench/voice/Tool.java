package dev.cantora.bench.voice;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Programs of the system that measure what this project should not measure by itself. */
final class Tool {

  private Tool() {}

  /** Those of the names that are not on PATH. */
  static List<String> missing(String... names) {
    var missing = new ArrayList<String>();
    for (String name : names) {
      boolean found = false;
      for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
        found |= Files.isExecutable(Path.of(folder, name));
      }
      if (!found) {
        missing.add(name);
      }
    }
    return missing;
  }

  /** Runs a program to its end and returns what it printed. @throws IOException it failed */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed: " + String.join(" ", command));
    }
    return printed;
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
