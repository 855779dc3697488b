package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import java.time.Duration;

/** Processor time of both processes, from its making to {@link #end}. */
final class Usage {

  private final DaemonProcess daemon;
  private final long beganNs = System.nanoTime();
  private double daemonMs;
  private double clientMs;
  private double wallMs;

  Usage(DaemonProcess daemon) {
    this.daemon = daemon;
    daemonMs = daemon.cpuMs();
    clientMs = ownMs();
  }

  void end() {
    wallMs = (System.nanoTime() - beganNs) / 1e6;
    daemonMs = daemon.cpuMs() - daemonMs;
    clientMs = ownMs() - clientMs;
  }

  double daemonCores() {
    return daemonMs / wallMs;
  }

  double clientCores() {
    return clientMs / wallMs;
  }

  private static double ownMs() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }
}
