package dev.cantora.daemon.operations;

import dev.cantora.api.model.CpuState;
import dev.cantora.api.model.MemoryState;
import dev.cantora.daemon.telemetry.ProcessFacts;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What the process uses of the machine, as health/detailed tells it. */
final class ProcessLoad {
  private static final double MIB = 1 << 20;

  private ProcessLoad() {}

  static CpuState cpu() {
    return new CpuState(ProcessFacts.processLoad(), ProcessFacts.systemLoad(), Runtime.getRuntime().availableProcessors());
  }

  static MemoryState memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return new MemoryState(mebibytes(ProcessFacts.residentBytes()), mebibytes(heap.getUsed()), mebibytes(heap.getCommitted()));
  }

  private static double mebibytes(long bytes) {
    return Math.round(bytes / MIB * 10) / 10.0;
  }
}
