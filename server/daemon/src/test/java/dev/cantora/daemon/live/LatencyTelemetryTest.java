package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.live.Latency;
import dev.cantora.api.live.LatencyReport;
import dev.cantora.api.live.Telemetry;
import dev.cantora.api.live.TransportCommand.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a player is told of the time from key to ear, and how often. */
@Timeout(60)
class LatencyTelemetryTest {

  private final LatencyMeter meter = new LatencyMeter();
  private final LatencyFigures figures = new LatencyFigures();

  @ParameterizedTest
  @CsvSource({"0, 0, 43, GREEN", "20, 3, 20.01, YELLOW", "20, 20, 28, YELLOW", "30, 20, 18.01, RED", "500, 500, 500, RED",
      "NaN, 10, NaN, UNKNOWN", "5, 10, NaN, UNKNOWN"})
  void theColoursChangeWhereJamulusChangesThem(double upstreamMs, double serverMs, double downstreamMs, Latency.Level level) {
    figures.upstreamMs = upstreamMs;
    figures.serverMs = serverMs;
    figures.downstreamMs = downstreamMs;
    assertThat(figures.level()).isEqualTo(level);
  }

  @Test
  void upIsHalfTheRoundTripAndDownTheOtherHalfWithTheClientsBuffers() {
    meter.roundTrip(40_000_000);
    meter.report(LatencyReport.builder().bufferMs(10.0).outputMs(5.0).build());
    meter.measure(11.7, figures);
    assertThat(figures.upstreamMs).isEqualTo(20);
    assertThat(figures.serverMs).isEqualTo(11.7);
    assertThat(figures.downstreamMs).isEqualTo(35);
    assertThat(figures.totalMs()).isCloseTo(66.7, within(1e-9));
  }

  @Test
  void aRoundTripThatChangedIsShownAfterAWhileAndOneThatIsOddIsNot() {
    meter.roundTrip(20_000_000);
    meter.roundTrip(120_000_000);
    meter.measure(0, figures);
    assertThat(figures.upstreamMs).as("one of 120 ms").isLessThanOrEqualTo(20);
    for (int i = 0; i < 20; i++) {
      meter.roundTrip(120_000_000);
    }
    meter.measure(0, figures);
    assertThat(figures.upstreamMs).as("all of 120 ms").isBetween(59.0, 60.0);
  }

  @Test
  void underrunsAreCountedOnceHoweverOftenTheyAreReported() {
    assertThat(meter.report(LatencyReport.builder().underruns(3).build())).isEqualTo(3);
    assertThat(meter.report(LatencyReport.builder().underruns(3).build())).isZero();
    assertThat(meter.report(LatencyReport.builder().bufferMs(1.0).build())).isZero();
    assertThat(meter.report(LatencyReport.builder().underruns(5).build())).isEqualTo(2);
    assertThat(meter.report(LatencyReport.builder().underruns(0).build())).as("a client that counts anew").isZero();
  }

  @Test
  void telemetryComesFifteenTimesASecondAndLatencyOnceASecondWhatEverTheBlockSize() {
    for (int blockSize : new int[] {64, 512, 2048}) {
      FakeOutput output = new FakeOutput();
      output.discardFrames = true;
      SessionDriver driver = new SessionDriver(output, new MemoryStore());
      driver.open(blockSize);
      driver.post(new SessionEvent.Transport(Command.PLAY));
      driver.runBlocks(48_000 / blockSize);
      output.messages.clear();
      driver.runBlocks(20 * 48_000 / blockSize);
      List<Telemetry> all = output.of(Telemetry.class);
      assertThat(all).as("in 20 s").hasSizeBetween(297, 300);
      List<Double> latencies = all.stream().filter(each -> each.latency() != null).map(Telemetry::uptimeSec).toList();
      assertThat(latencies).hasSizeBetween(18, 20);
      for (int i = 1; i < latencies.size(); i++) {
        assertThat(latencies.get(i) - latencies.get(i - 1)).isBetween(1.0, 1.12);
      }
    }
  }

  /** No client need help: pings of the protocol measure the way, and only what waits in the client must be told. */
  @Test
  void theWayIsMeasuredByPingsAndWhatIsNotKnownIsNotGuessed() {
    try (LiveServer server = LiveServer.start("WS_PING_INTERVAL_MS", "50", "WS_MAX_MISSED_PINGS", "100"); LivePeer peer = server.greet("")) {
      JsonNode latency = peer.awaitTelemetry(message -> message.at("/latency/upstreamMs").isNumber()).path("latency");
      assertThat(latency.path("upstreamMs").asDouble()).isPositive();
      assertThat(latency.path("downstreamMs").isNull()).isTrue();
      assertThat(latency.path("totalMs").isNull()).isTrue();
      assertThat(latency.path("level").asText()).isEqualTo("unknown");
      peer.send("{\"type\":\"latency_report\",\"bufferMs\":100}");
      latency = peer.awaitTelemetry(message -> message.at("/latency/totalMs").isNumber()).path("latency");
      assertThat(latency.path("totalMs").asDouble()).isCloseTo(latency.path("upstreamMs").asDouble()
          + latency.path("serverMs").asDouble() + latency.path("downstreamMs").asDouble(), within(1e-6));
      assertThat(latency.path("level").asText()).isEqualTo("red");
    }
  }
}
