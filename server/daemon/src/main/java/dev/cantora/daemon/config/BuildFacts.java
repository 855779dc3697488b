package dev.cantora.daemon.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version and commit as the build wrote them into {@code build.properties}. */
final class BuildFacts {
  private BuildFacts() {}

  static String version() {
    return read("version", "dev");
  }

  static String commit() {
    return read("commit", "unknown");
  }

  private static String read(String key, String otherwise) {
    try (InputStream in = BuildFacts.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        return otherwise;
      }
      Properties properties = new Properties();
      properties.load(in);
      String value = properties.getProperty(key, "");
      return value.isBlank() || value.startsWith("${") ? otherwise : value;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
