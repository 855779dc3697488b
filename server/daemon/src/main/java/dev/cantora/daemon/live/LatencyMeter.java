package dev.cantora.daemon.live;

import dev.cantora.api.live.Latency;
import dev.cantora.api.live.LatencyReport;

/**
 * Where the time from key to ear goes. The way up is half a round trip; the daemon adds the block in which events gather
 * and what it is late; the way down is the other half, plus what the client says waits in its buffers. Bounds of the
 * levels are those Jamulus shows its users. For one thread.
 */
final class LatencyMeter {

  private static final double GREEN_MS = 43;
  private static final double YELLOW_MS = 68;
  /** Weight of a new round trip; the display settles within ten. */
  private static final double SMOOTHING = 0.2;

  private Double roundTripMs;
  private Double clientBufferMs;

  void roundTrip(long nanos) {
    double ms = nanos / 1e6;
    roundTripMs = roundTripMs == null ? ms : roundTripMs + SMOOTHING * (ms - roundTripMs);
  }

  void report(LatencyReport report) {
    if (report.rttMs() != null) {
      roundTrip((long) (report.rttMs() * 1e6));
    }
    if (report.bufferMs() != null || report.outputMs() != null) {
      clientBufferMs = orZero(report.bufferMs()) + orZero(report.outputMs());
    }
  }

  /** @param serverMs block length and lateness */
  Latency measure(double serverMs) {
    Double upstream = roundTripMs == null ? null : roundTripMs / 2;
    Double downstream = roundTripMs == null || clientBufferMs == null ? null : roundTripMs / 2 + clientBufferMs;
    Double total = downstream == null ? null : upstream + serverMs + downstream;
    return Latency.builder().upstreamMs(upstream).serverMs(serverMs).downstreamMs(downstream).totalMs(total)
        .level(level(total)).build();
  }

  private static Latency.Level level(Double totalMs) {
    if (totalMs == null) {
      return Latency.Level.UNKNOWN;
    }
    return totalMs <= GREEN_MS ? Latency.Level.GREEN : totalMs <= YELLOW_MS ? Latency.Level.YELLOW : Latency.Level.RED;
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }
}
