package dev.cantora.daemon.operations;

import com.sun.management.OperatingSystemMXBean;
import dev.cantora.api.model.CpuState;
import dev.cantora.api.model.MemoryState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process uses of the machine. */
final class ProcessLoad {
  private static final double MIB = 1 << 20;
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessLoad() {}

  static CpuState cpu() {
    OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new CpuState(share(system.getProcessCpuLoad()), share(system.getCpuLoad()), system.getAvailableProcessors());
  }

  static MemoryState memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new MemoryState(mebibytes(residentBytes()), mebibytes(heap.getUsed()), mebibytes(heap.getCommitted()));
  }

  /** Resident set; where the system does not tell, what the heap has committed. */
  static long residentBytes() {
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

  /** The JVM reports a negative number while it does not know. */
  private static Double share(double load) {
    return load >= 0 && load <= 1 ? Double.valueOf(Math.round(load * 1000) / 1000.0) : null;
  }

  private static double mebibytes(long bytes) {
    return Math.round(bytes / MIB * 10) / 10.0;
  }
}
