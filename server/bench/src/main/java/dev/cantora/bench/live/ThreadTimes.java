package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which threads of the daemon used the processors, and how long they waited for one. Linux only; elsewhere it tells nothing. */
final class ThreadTimes {

  /** Threads by what they do; the first that fits the beginning of a name counts. */
  private enum Work {
    AUDIO("audio threads", "audio-"),
    SOCKETS("senders and readers", "ForkJoinPool", "VirtualThread", "ReadPoller", "WritePoller", "MasterPoller"),
    COMPILERS("compilers", "C1 ", "C2 "),
    COLLECTOR("collector", "GC ", "G1 ", "VM "),
    OTHERS("others", "");

    private final String title;
    private final List<String> beginnings;

    Work(String title, String... beginnings) {
      this.title = title;
      this.beginnings = List.of(beginnings);
    }

    static Work of(String name) {
      return Stream.of(values()).filter(work -> work.beginnings.stream().anyMatch(name::startsWith)).findFirst().orElse(OTHERS);
    }
  }

  private record Times(long runNs, long waitNs) {
    Times minus(Times before) {
      return new Times(runNs - before.runNs, waitNs - before.waitNs);
    }

    Times plus(Times other) {
      return new Times(runNs + other.runNs, waitNs + other.waitNs);
    }
  }

  private static final Times NONE = new Times(0, 0);

  private final Path tasks;
  private final Map<Work, Times> spent = new EnumMap<>(Work.class);
  private Map<String, Times> before = Map.of();

  ThreadTimes(DaemonProcess daemon) {
    tasks = Path.of("/proc", Long.toString(daemon.pid()), "task");
  }

  void begin() {
    before = new HashMap<>();
    each((id, work, times) -> before.put(id, times));
  }

  void end() {
    each((id, work, times) -> spent.merge(work, times.minus(before.getOrDefault(id, NONE)), Times::plus));
  }

  /** @param frames sent meanwhile */
  void print(long frames) {
    if (spent.isEmpty() || frames == 0) {
      return;
    }
    StringBuilder line = new StringBuilder("        per frame, us of a core (and waiting for one):");
    spent.forEach((work, times) -> line.append(String.format(Locale.ROOT, " %s %.1f (%.1f),", work.title, times.runNs / 1e3 / frames,
        times.waitNs / 1e3 / frames)));
    System.out.println(line.substring(0, line.length() - 1));
  }

  @FunctionalInterface
  private interface Visitor {
    void thread(String id, Work work, Times times);
  }

  private void each(Visitor visitor) {
    if (!Files.isDirectory(tasks)) {
      return;
    }
    try (Stream<Path> all = Files.list(tasks)) {
      all.forEach(task -> visit(task, visitor));
    } catch (IOException gone) {
      // the daemon ended; what is known is shown
    }
  }

  private static void visit(Path task, Visitor visitor) {
    try {
      Work work = Work.of(Files.readString(task.resolve("comm")).strip());
      String[] fields = Files.readString(task.resolve("schedstat")).split(" ");
      visitor.thread(task.getFileName().toString(), work, new Times(Long.parseLong(fields[0]), Long.parseLong(fields[1])));
    } catch (IOException ended) {
      // a thread that ended meanwhile, or a kernel that keeps no such statistics
    }
  }
}
