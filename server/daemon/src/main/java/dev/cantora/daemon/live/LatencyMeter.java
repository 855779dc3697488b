package dev.cantora.daemon.live;

import dev.cantora.api.live.LatencyReport;

/**
 * Where the time from key to ear goes. The way up is half a round trip; the daemon adds the block in which events gather
 * and what it is late; the way down is the other half, plus what the client says waits in its buffers. For one thread.
 */
final class LatencyMeter {

  /** Weight of a new round trip; the display settles within ten. */
  private static final double SMOOTHING = 0.2;

  private double roundTripMs = Double.NaN;
  private double clientBufferMs = Double.NaN;
  private int underruns;

  void roundTrip(long nanos) {
    double ms = nanos / 1e6;
    roundTripMs = Double.isNaN(roundTripMs) ? ms : roundTripMs + SMOOTHING * (ms - roundTripMs);
  }

  /** @return underruns of the client since its report before */
  int report(LatencyReport report) {
    if (report.rttMs() != null) {
      roundTrip((long) (report.rttMs() * 1e6));
    }
    if (report.bufferMs() != null || report.outputMs() != null) {
      clientBufferMs = orZero(report.bufferMs()) + orZero(report.outputMs());
    }
    int before = underruns;
    underruns = report.underruns() == null ? before : report.underruns();
    return Math.max(0, underruns - before);
  }

  /** @param serverMs block length and lateness */
  void measure(double serverMs, LatencyFigures into) {
    into.upstreamMs = roundTripMs / 2;
    into.serverMs = serverMs;
    into.downstreamMs = roundTripMs / 2 + clientBufferMs;
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }
}
