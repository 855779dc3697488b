package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.Provokes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a live session tells by itself and when it is asked, and how it changes its voice, over a real socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveReportsTest {

  private LiveServer server;

  @BeforeAll
  void start() {
    server = LiveServer.start("MAX_LIVE_SESSIONS", "1000");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void telemetryComesFromHelloOnWithEveryField() {
    try (LivePeer peer = server.greet("")) {
      JsonNode silent = peer.awaitTelemetry(message -> true);
      assertThat(silent.path("peakDbfs").isNull()).isTrue();
      assertThat(silent.path("recordingSec").isNull()).isTrue();
      for (String field : new String[] {"voicesActive", "voicesMax", "clickDeltaMaxRecent", "rtf", "uptimeSec",
          "limiterReductionDb", "voicesStolenLastWindow", "sunsetVoiceCount", "outputNaNCount", "framesSent",
          "framesSkipped", "lateBlocks", "maxLatenessMs"}) {
        assertThat(silent.path(field).isNumber()).as(field).isTrue();
      }
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      JsonNode sounding = peer.awaitTelemetry(message -> message.path("voicesActive").asInt() == 1
          && !message.path("peakDbfs").isNull());
      assertThat(sounding.path("peakDbfs").asDouble()).isCloseTo(20 * Math.log10(0.2), within(2.0));
      assertThat(sounding.path("framesSent").asInt()).isPositive();
      assertThat(sounding.path("rtf").asDouble()).isPositive();
    }
  }

  @Test
  void latencyIsMeasuredOnceASecondInParts() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"latency_report\",\"bufferMs\":60,\"outputMs\":30,\"rttMs\":20}");
      JsonNode latency = peer.awaitTelemetry(message -> message.has("latency")).path("latency");
      assertThat(latency.path("serverMs").asDouble()).isGreaterThanOrEqualTo(10.6);
      assertThat(latency.path("downstreamMs").asDouble()).isGreaterThanOrEqualTo(90);
      assertThat(latency.path("totalMs").asDouble()).isGreaterThanOrEqualTo(100);
      assertThat(latency.path("level").asText()).isEqualTo("red");
    }
  }

  @Test
  void pingIsAnsweredBeforeHelloToo() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"ping\",\"clientTimestamp\":1234.5}");
      JsonNode pong = peer.await("pong");
      assertThat(pong.path("clientTimestamp").asDouble()).isEqualTo(1234.5);
      assertThat(pong.path("serverTimestamp").asDouble()).isCloseTo(System.currentTimeMillis(), within(60_000.0));
    }
  }

  @Test
  void aChangeOfPresetKeepsHeldNotesAndTheLimiterAndAcksAnew() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"param_update\",\"limiter\":false}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1,\"timbre\":\"EE\"}");
      peer.play(3);
      peer.send("{\"type\":\"param_update\",\"presetId\":\"loud\",\"maxPolyphony\":1}");
      JsonNode ack = peer.await("hello_ack");
      assertThat(ack.path("presetId").asText()).isEqualTo("loud");
      assertThat(ack.path("maxPolyphony").asInt()).as("the rest of the message is ignored").isEqualTo(4);
      peer.drainFrames();
      assertThat(Samples.loudest(peer.play(6))).as("no limiter, note still held").isCloseTo(2f, within(0.05f));
    }
  }

  @Test
  @Provokes(ErrorCode.PRESET_LOAD_FAILED)
  void aPresetThatCannotBeLoadedLeavesTheVoiceAsItIs() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"param_update\",\"presetId\":\"missing\"}");
      assertThat(peer.await("error").path("code").asText()).isEqualTo("PRESET_LOAD_FAILED");
      peer.send("{\"type\":\"param_update\",\"presetId\":\"default-voice\",\"maxPolyphony\":3}");
      peer.send("{\"type\":\"param_update\",\"presetId\":\"other\"}");
      JsonNode ack = peer.next();
      assertThat(ack.path("presetId").asText()).isEqualTo("other");
      assertThat(ack.path("maxPolyphony").asInt()).isEqualTo(3);
    }
  }
}
