package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import java.time.Duration;

/** Processor time of both processes while measuring. */
final class Usage {

  private final DaemonProcess daemon;
  private long beganNs;
  private double daemonMs;
  private double clientMs;
  private double wallMs;

  Usage(DaemonProcess daemon) {
    this.daemon = daemon;
  }

  /** Begins once. */
  void begin(boolean now) {
    if (now && beganNs == 0) {
      beganNs = System.nanoTime();
      daemonMs = daemon.cpuMs();
      clientMs = ownMs();
    }
  }

  Usage end() {
    wallMs = (System.nanoTime() - beganNs) / 1e6;
    daemonMs = daemon.cpuMs() - daemonMs;
    clientMs = ownMs() - clientMs;
    return this;
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
