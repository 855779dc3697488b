package dev.cantora.daemon.live;

import dev.cantora.api.live.Latency;
import dev.cantora.api.live.Telemetry;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.socket.OutgoingText;

/**
 * The figures of one telemetry message, written by the audio thread and made into JSON by the {@link Reporter}. Reused: the audio
 * thread may write again once the message was sent or replaced.
 */
final class TelemetryReport implements OutgoingText {

  private volatile boolean handedOver;
  int voicesActive;
  int voicesMax;
  double peakDbfs;
  double clickDelta;
  double realTimeFactor;
  /** Seconds, or NaN when nothing is recorded. */
  double recordingSec;
  double uptimeSec;
  double limiterReductionDb;
  int voicesStolen;
  int sunsetVoices;
  long outputNotNumbers;
  long framesSent;
  long framesSkipped;
  long lateBlocks;
  double maxLatenessMs;
  final LatencyFigures latency = new LatencyFigures();
  boolean withLatency;

  boolean free() {
    return !handedOver;
  }

  void handOver() {
    handedOver = true;
  }

  /** It was sent, or will not be. */
  void release() {
    handedOver = false;
  }

  Telemetry message() {
    return Telemetry.builder()
        .voicesActive(voicesActive)
        .voicesMax(voicesMax)
        .peakDbfs(Double.isFinite(peakDbfs) ? peakDbfs : null)
        .clickDeltaMaxRecent(clickDelta)
        .rtf(realTimeFactor)
        .recordingSec(orNull(recordingSec))
        .uptimeSec(uptimeSec)
        .limiterReductionDb(limiterReductionDb)
        .voicesStolenLastWindow(voicesStolen)
        .sunsetVoiceCount(sunsetVoices)
        .outputNaNCount(outputNotNumbers)
        .framesSent(framesSent)
        .framesSkipped(framesSkipped)
        .lateBlocks(lateBlocks)
        .maxLatenessMs(maxLatenessMs)
        .latency(withLatency ? latency() : null)
        .build();
  }

  private Latency latency() {
    return Latency.builder().upstreamMs(orNull(latency.upstreamMs)).serverMs(latency.serverMs)
        .downstreamMs(orNull(latency.downstreamMs)).totalMs(orNull(latency.totalMs())).level(latency.level()).build();
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  @Override
  public byte[] utf8() {
    byte[] json = Json.bytes(message());
    release();
    return json;
  }
}
