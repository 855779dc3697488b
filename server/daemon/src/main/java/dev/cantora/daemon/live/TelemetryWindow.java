package dev.cantora.daemon.live;

import dev.cantora.api.live.Latency;
import dev.cantora.api.live.Telemetry;
import dev.cantora.daemon.audio.LevelMeter;

/** Gathers what a telemetry message tells, 15 times a second. For one thread. */
final class TelemetryWindow {

  static final long INTERVAL_NS = 67_000_000L;
  private static final long LATENCY_INTERVAL_NS = 1_000_000_000L;

  private final long bornNs;
  private long nextNs;
  private long nextLatencyNs;
  private int voicesMax;

  TelemetryWindow(long nowNs) {
    bornNs = nowNs;
    nextNs = nowNs + INTERVAL_NS;
    nextLatencyNs = nowNs + LATENCY_INTERVAL_NS;
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

  /** Makes the message and begins a new window. */
  Telemetry close(long nowNs, VoiceChain chain, Player player, Recorder recorder, LatencyMeter latencyMeter) {
    LevelMeter meter = chain.meter();
    double peakDbfs = meter.peakBeforeDbfs();
    int active = chain.voicesActive();
    Telemetry telemetry = Telemetry.builder()
        .voicesActive(active)
        .voicesMax(Math.max(voicesMax, active))
        .peakDbfs(Double.isFinite(peakDbfs) ? peakDbfs : null)
        .clickDeltaMaxRecent(meter.maxDelta())
        .rtf(player.realTimeFactor())
        .recordingSec(recorder.recordingSec())
        .uptimeSec((nowNs - bornNs) / 1e9)
        .limiterReductionDb(meter.reductionDb())
        .voicesStolenLastWindow(chain.takeStolen())
        .sunsetVoiceCount(chain.sunsetCount())
        .outputNaNCount(meter.notNumbers())
        .framesSent(player.framesSent())
        .framesSkipped(player.framesSkipped())
        .lateBlocks(player.lateBlocks())
        .maxLatenessMs(Math.max(0, player.maxLatenessMs()))
        .latency(latency(nowNs, player, latencyMeter))
        .build();
    meter.reset();
    player.newWindow();
    voicesMax = 0;
    // a missed window is not made up for
    nextNs = nowNs - nextNs > INTERVAL_NS ? nowNs + INTERVAL_NS : nextNs + INTERVAL_NS;
    return telemetry;
  }

  private Latency latency(long nowNs, Player player, LatencyMeter latencyMeter) {
    if (nowNs - nextLatencyNs < 0) {
      return null;
    }
    nextLatencyNs = nowNs + LATENCY_INTERVAL_NS;
    return latencyMeter.measure(player.blockMs() + Math.max(0, player.maxLatenessMs()));
  }
}
