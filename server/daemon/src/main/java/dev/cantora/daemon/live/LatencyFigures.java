package dev.cantora.daemon.live;

import dev.cantora.api.live.Latency;

/** Parts of the time from key to ear, in ms; NaN for what is not known. Bounds of the levels are those Jamulus shows. */
final class LatencyFigures {

  static final double GREEN_MS = 43;
  static final double YELLOW_MS = 68;

  double upstreamMs = Double.NaN;
  double serverMs = Double.NaN;
  double downstreamMs = Double.NaN;

  /** NaN until all parts are known. */
  double totalMs() {
    return upstreamMs + serverMs + downstreamMs;
  }

  Latency.Level level() {
    double totalMs = totalMs();
    if (Double.isNaN(totalMs)) {
      return Latency.Level.UNKNOWN;
    }
    return totalMs <= GREEN_MS ? Latency.Level.GREEN : totalMs <= YELLOW_MS ? Latency.Level.YELLOW : Latency.Level.RED;
  }
}
