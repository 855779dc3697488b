package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.LevelMeter;

/** Gathers what a telemetry message tells, 15 times a second. For one thread; allocates nothing once made. */
final class TelemetryWindow {

  static final long INTERVAL_NS = 67_000_000L;
  private static final long LATENCY_INTERVAL_NS = 1_000_000_000L;
  /** One that is being sent, one that waits, one to write. */
  private static final int REPORTS = 3;

  private final TelemetryReport[] reports = new TelemetryReport[REPORTS];
  private final long bornNs;
  private long nextNs;
  private long nextLatencyNs;
  private int voicesMax;

  TelemetryWindow(long nowNs) {
    bornNs = nowNs;
    nextNs = nowNs + INTERVAL_NS;
    nextLatencyNs = nowNs + LATENCY_INTERVAL_NS;
    for (int i = 0; i < REPORTS; i++) {
      reports[i] = new TelemetryReport();
    }
  }

  void voices(int active) {
    voicesMax = Math.max(voicesMax, active);
  }

  long nextNs() {
    return nextNs;
  }

  boolean due(long nowNs) {
    return nowNs - nextNs >= 0;
  }

  /** Sends the figures of the window and begins a new one. */
  void close(long nowNs, VoiceChain chain, Player player, Recorder recorder, LatencyMeter latency, LiveOutput output) {
    TelemetryReport report = freeReport();
    fill(report, nowNs, chain, player, recorder, latency);
    chain.meter().reset();
    player.newWindow();
    voicesMax = 0;
    // a missed window is not made up for
    nextNs = nowNs - nextNs > INTERVAL_NS ? nowNs + INTERVAL_NS : nextNs + INTERVAL_NS;
    report.handOver();
    TelemetryReport replaced = output.report(report, player.playing());
    if (replaced != null) {
      replaced.release();
    }
  }

  private void fill(TelemetryReport report, long nowNs, VoiceChain chain, Player player, Recorder recorder,
      LatencyMeter latency) {
    LevelMeter meter = chain.meter();
    report.voicesActive = chain.voicesActive();
    report.voicesMax = Math.max(voicesMax, report.voicesActive);
    report.peakDbfs = meter.peakBeforeDbfs();
    report.clickDelta = meter.maxDelta();
    report.realTimeFactor = player.realTimeFactor();
    report.recordingSec = recorder.recordingSec();
    report.uptimeSec = (nowNs - bornNs) / 1e9;
    report.limiterReductionDb = meter.reductionDb();
    report.voicesStolen = chain.takeStolen();
    report.sunsetVoices = chain.sunsetCount();
    report.outputNotNumbers = meter.notNumbers();
    report.framesSent = player.framesSent();
    report.framesSkipped = player.framesSkipped();
    report.lateBlocks = player.lateBlocks();
    report.maxLatenessMs = Math.max(0, player.maxLatenessMs());
    report.withLatency = nowNs - nextLatencyNs >= 0;
    if (report.withLatency) {
      nextLatencyNs = nowNs + LATENCY_INTERVAL_NS;
      latency.measure(player.blockMs() + report.maxLatenessMs, report.latency);
    }
  }

  private TelemetryReport freeReport() {
    for (TelemetryReport report : reports) {
      if (report.free()) {
        return report;
      }
    }
    throw new IllegalStateException("of three reports at most one is being sent and one waits");
  }
}
