package dev.cantora.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Searches a daemon's log for what must not be there: stacks that nobody caught, and errors without a code of their own. */
public final class DaemonLog {
  private DaemonLog() {}

  /** Lines that tell of a defect. */
  public static List<String> defects(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines.filter(DaemonLog::isDefect).toList();
    }
  }

  private static boolean isDefect(String line) {
    if (!line.startsWith("{")) {
      return line.contains("Exception") || line.contains("Error") || line.startsWith("\tat ");
    }
    boolean error = line.startsWith("{\"level\":50") || line.startsWith("{\"level\":60");
    boolean refusal = line.contains("\"code\":\"") && !line.contains("\"code\":\"INTERNAL_ERROR\"");
    return error && !refusal && !line.contains("\"msg\":\"request_finished\"") || line.contains("\"socket_failed\"");
  }
}
