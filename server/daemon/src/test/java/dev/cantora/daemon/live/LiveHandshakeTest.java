package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.Provokes;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session begins and what its frames are, over a real socket: as a client of version 1 and as one that asks for more. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveHandshakeTest {

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
  void theHelloOfVersionOneGetsExactlyItsAnswer() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      peer.await("hello_ack");
      String text = peer.rawTexts().getFirst();
      assertThat(text).startsWith("{\"type\":\"hello_ack\",\"protocolVersion\":1,\"presetId\":\"default-voice\","
          + "\"timbres\":[\"AH\",\"EE\",\"OO\"],\"sampleRateHz\":48000,\"maxPolyphony\":4,\"blockSize\":512,");
    }
  }

  @Test
  void framesOfVersionOneHaveItsBytesAndCountFromZero() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      assertThat(peer.await("transport_ack").path("state").asText()).isEqualTo("playing");
      for (int seq = 0; seq < 3; seq++) {
        LivePeer.Frame frame = peer.nextFrame();
        assertThat(frame.bytes()).hasSize(2064);
        assertThat(HexFormat.of().formatHex(frame.bytes(), 0, 16))
            .isEqualTo("0" + seq + "000000" + "0100" + "0000" + "80bb0000" + "00020000");
        assertThat(frame.samples()).containsOnly(0f);
      }
    }
  }

  @Test
  void messagesRightAfterHelloAreNotLost() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      assertThat(peer.next().path("type").asText()).isEqualTo("hello_ack");
      assertThat(peer.next().path("type").asText()).isEqualTo("note_ack");
    }
  }

  @Test
  void aSecondHelloBuildsTheSessionAnew() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(2);
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1,\"blockSize\":128,\"channels\":2}");
      JsonNode ack = peer.await("hello_ack");
      assertThat(ack.path("blockSize").asInt()).isEqualTo(128);
      peer.drainFrames();
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.await("transport_ack");
      LivePeer.Frame frame = peer.nextFrame();
      assertThat(frame.seq()).isZero();
      assertThat(frame.bytes()).hasSize(16 + 128 * 2 * 4);
      assertThat(frame.channels()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 256, 1024, 2048})
  void blockSizesAreNegotiated(int blockSize) {
    try (LivePeer peer = server.greet(",\"blockSize\":" + blockSize)) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      for (int seq = 0; seq < 4; seq++) {
        LivePeer.Frame frame = peer.nextFrame();
        assertThat(frame.seq()).isEqualTo(seq);
        assertThat(frame.blockSize()).isEqualTo(blockSize);
        assertThat(frame.bytes()).hasSize(16 + 4 * blockSize);
      }
    }
  }

  @Test
  void sixteenBitAndOpusFramesAreNegotiated() {
    try (LivePeer peer = server.greet(",\"frameFormat\":\"s16\"")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      LivePeer.Frame frame = peer.nextFrame();
      assertThat(frame.format()).isEqualTo(1);
      assertThat(frame.bytes()).hasSize(16 + 1024);
    }
    try (LivePeer peer = server.greet(",\"frameFormat\":\"opus\",\"packetMs\":10,\"channels\":2")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      LivePeer.Frame frame = peer.nextFrame();
      assertThat(frame.format()).isEqualTo(2);
      assertThat(frame.blockSize()).isEqualTo(480);
      assertThat(frame.bytes().length).isBetween(20, 400);
    }
  }

  @Test
  void stereoFramesHoldBothChannels() {
    try (LivePeer peer = server.greet(",\"channels\":2,\"blockSize\":256")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      LivePeer.Frame frame = peer.nextFrame();
      assertThat(frame.channels()).isEqualTo(2);
      assertThat(frame.blockSize()).isEqualTo(256);
      assertThat(frame.bytes()).hasSize(16 + 2 * 4 * 256);
    }
  }

  @Test
  @Provokes({ErrorCode.PROTOCOL_MISMATCH, ErrorCode.NOT_INITIALIZED})
  void anotherProtocolVersionIsRefusedAndTheSocketStaysUninitialised() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":2}");
      assertThat(peer.await("error").path("code").asText()).isEqualTo("PROTOCOL_MISMATCH");
      peer.send("{\"type\":\"record_start\"}");
      assertThat(peer.await("error").path("code").asText()).isEqualTo("NOT_INITIALIZED");
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      peer.await("hello_ack");
    }
  }

  @Test
  @Provokes(ErrorCode.INIT_FAILED)
  void aHelloWithoutAVoiceFailsAndMayBeTriedAgain() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1,\"presetId\":\"missing\"}");
      assertThat(peer.await("error").path("code").asText()).isEqualTo("INIT_FAILED");
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      assertThat(peer.await("error").path("code").asText()).isEqualTo("NOT_INITIALIZED");
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      peer.await("hello_ack");
    }
  }
}
