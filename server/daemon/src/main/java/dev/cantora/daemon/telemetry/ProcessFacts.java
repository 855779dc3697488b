package dev.cantora.daemon.telemetry;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process uses of the machine. */
public final class ProcessFacts {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessFacts() {}

  /** Resident set; where the system does not tell, what the heap has committed. */
  public static long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException notLinux) {
      // falls through to the heap
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  /** Open file descriptors, -1 where the system does not tell. */
  public static long openDescriptors() {
    return system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : -1;
  }

  /** Most file descriptors the process may open, {@link Long#MAX_VALUE} where the system does not tell. */
  public static long maxDescriptors() {
    return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
  }

  static double cpuSeconds() {
    return system().getProcessCpuTime() / 1e9;
  }

  /** Share of all processors this process used lately, null while unknown. */
  public static Double processLoad() {
    return share(system().getProcessCpuLoad());
  }

  /** Share of all processors in use, null while unknown. */
  public static Double systemLoad() {
    return share(system().getCpuLoad());
  }

  private static OperatingSystemMXBean system() {
    return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }

  /** The JVM reports a negative number while it does not know. */
  private static Double share(double load) {
    return load >= 0 && load <= 1 ? Double.valueOf(Math.round(load * 1000) / 1000.0) : null;
  }
}
