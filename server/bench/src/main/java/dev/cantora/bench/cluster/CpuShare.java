package dev.cantora.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bound on the processor time of one process, through a control group of its own (version 1 or 2), so that several daemons
 * on few cores each have their own share, as on machines of their own.
 */
final class CpuShare implements AutoCloseable {
  private static final Path V1 = Path.of("/sys/fs/cgroup/cpu");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final int PERIOD_US = 20_000;

  private final Path group;
  private final Path root;

  private CpuShare(Path root, Path group) {
    this.root = root;
    this.group = group;
  }

  /** @param cores that the process may use, such as 0.3 @return empty where groups may not be made, with the reason printed */
  static Optional<CpuShare> of(long pid, double cores) {
    int quotaUs = (int) Math.round(cores * PERIOD_US);
    boolean one = Files.isDirectory(V1);
    Path root = one ? V1 : V2;
    Path group = root.resolve("cantora-bench-" + pid);
    try {
      Files.createDirectory(group);
      if (one) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_US));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(quotaUs));
      } else {
        Files.writeString(group.resolve("cpu.max"), quotaUs + " " + PERIOD_US);
      }
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      return Optional.of(new CpuShare(root, group));
    } catch (IOException | SecurityException forbidden) {
      System.out.println("no control group for a share of a core: " + forbidden);
      return Optional.empty();
    }
  }

  /** Processor time that the process has used, in seconds; -1 where that cannot be told. */
  static double usedSec(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).map(used -> used.toNanos() / 1e9).orElse(-1.0);
  }

  /** Gives what is left of the process back. */
  @Override
  public void close() throws IOException {
    for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
      Files.writeString(root.resolve("cgroup.procs"), pid);
    }
    Files.delete(group);
  }
}
