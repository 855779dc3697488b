package dev.cantora.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What a figure was measured on, and where the repository lies. */
public final class Machine {

  private Machine() {}

  /** The checkout; {@code ./cantora bench} passes it. */
  public static Path root() {
    return Path.of(System.getProperty("cantora.root", ".")).toAbsolutePath().normalize();
  }

  /** Processor, cores, load and JVM in one line. Figures taken under load say so. */
  public static String describe() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(Locale.ROOT, "%s, %d cores, load %.2f, Java %s", processor(), system.getAvailableProcessors(),
        system.getSystemLoadAverage(), Runtime.version());
  }

  /** CPU time of this process so far, all threads. */
  public static long cpuNs() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("model name")).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(System.getProperty("os.arch"));
    } catch (IOException elsewhere) {
      return System.getProperty("os.arch");
    }
  }
}
