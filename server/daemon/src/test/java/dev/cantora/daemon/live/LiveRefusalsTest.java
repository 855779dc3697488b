package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.fuzz.RawPeer;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a live session answers to messages that it cannot take, over a real socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveRefusalsTest {

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
  void aMessageOverTheCapAndOneThatIsNoUtf8EndTheConnectionWithTheirCodes() throws java.io.IOException {
    try (RawPeer big = RawPeer.connected(server.port(), "/ws"); RawPeer wrong = RawPeer.connected(server.port(), "/ws")) {
      big.text("x".repeat(65_537));
      assertThat(closeCode(big)).isEqualTo(1009);
      wrong.frame(0x81, new byte[] {'{', (byte) 0xC3, (byte) 0x28});
      assertThat(closeCode(wrong)).isEqualTo(1007);
    }
  }

  private static int closeCode(RawPeer peer) throws java.io.IOException {
    RawPeer.Frame frame = peer.next();
    while (frame.opCode() != 8) {
      frame = peer.next();
    }
    return frame.closeCode();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "not json                                                                    | PARSE_ERROR     |",
      "{\"type\":\"note_on\",\"type\":\"note_on\"}                                 | PARSE_ERROR     |",
      "[]                                                                          | INVALID_MESSAGE | ''",
      "{}                                                                          | INVALID_MESSAGE | type",
      "{\"type\":\"jump\"}                                                         | INVALID_MESSAGE | type",
      "{\"type\":7}                                                                | INVALID_MESSAGE | type",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":128,\"velocity\":1}         | INVALID_MESSAGE | midi",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60.5,\"velocity\":1}        | INVALID_MESSAGE | midi",
      "{\"type\":\"note_on\",\"noteId\":\"\",\"midi\":60,\"velocity\":1}           | INVALID_MESSAGE | noteId",
      "{\"type\":\"note_on\",\"midi\":60,\"velocity\":1}                           | INVALID_MESSAGE | noteId",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"timbre\":\"XX\"} | INVALID_MESSAGE | timbre",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"phonemes\":[\"QQ\"]} | INVALID_MESSAGE | phonemes",
      "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"vibrato\":{\"rateHz\":5,\"depthCents\":1,\"onsetSec\":0,\"x\":1}} | INVALID_MESSAGE | vibrato.x",
      "{\"type\":\"transport\",\"command\":\"rewind\"}                             | INVALID_MESSAGE | command",
      "{\"type\":\"param_update\",\"maxPolyphony\":0}                              | INVALID_MESSAGE | maxPolyphony",
      "{\"type\":\"param_update\",\"defaultTimbre\":\"XX\"}                        | INVALID_MESSAGE | defaultTimbre",
      "{\"type\":\"param_update\",\"presetId\":\"../x\"}                           | INVALID_MESSAGE | presetId",
      "{\"type\":\"timbre_morph\",\"weights\":{\"XX\":1}}                          | INVALID_MESSAGE | weights.XX",
      "{\"type\":\"control\",\"controller\":\"zoom\",\"value\":1}                  | INVALID_MESSAGE | controller",
      "{\"type\":\"ping\",\"clientTimestamp\":\"now\"}                             | INVALID_MESSAGE | clientTimestamp",
      "{\"type\":\"record_stop\",\"name\":\"  \"}                                  | INVALID_MESSAGE | name",
  })
  @Provokes({ErrorCode.PARSE_ERROR, ErrorCode.INVALID_MESSAGE})
  void whatDoesNotFitIsAnsweredAndTheConnectionStays(String message, String code, String path) {
    try (LivePeer peer = server.greet("")) {
      peer.send(message);
      JsonNode error = peer.await("error");
      assertThat(error.path("code").asText()).isEqualTo(code);
      assertThat(error.path("message").asText()).isNotBlank();
      assertThat(error.path("hint").asText()).isNotBlank();
      if (path != null) {
        assertThat(error.path("issues").path(0).path("path").asText()).isEqualTo(path);
      }
      peer.send("{\"type\":\"ping\",\"clientTimestamp\":1}");
      peer.await("pong");
    }
  }

  @Test
  @Provokes(ErrorCode.RECORD_SAVE_FAILED)
  void aTakeThatFindsNoRoomIsKeptUntilTheClientTriesAgain() {
    try (LiveServer full = LiveServer.start(); LivePeer peer = full.greet("")) {
      full.store.full = true;
      peer.send("{\"type\":\"record_start\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(3);
      peer.send("{\"type\":\"record_stop\"}");
      JsonNode error = peer.await("error");
      assertThat(error.path("code").asText()).isEqualTo("RECORD_SAVE_FAILED");
      assertThat(error.path("takeKept").asBoolean()).isTrue();
      full.store.full = false;
      peer.send("{\"type\":\"record_retry\",\"name\":\"kept\"}");
      assertThat(peer.await("record_saved").path("name").asText()).isEqualTo("kept");
    }
  }

  @Test
  void unknownMembersAreIgnored() {
    try (LivePeer peer = server.connect()) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1,\"userAgent\":{\"deep\":[1]}}");
      peer.await("hello_ack");
    }
  }

  @Test
  void aBinaryMessageIsAnsweredAndDropped() {
    try (LivePeer peer = server.greet("")) {
      peer.socket().sendBinary(ByteBuffer.allocate(100), true).join();
      assertThat(peer.await("error").path("code").asText()).isEqualTo("PARSE_ERROR");
    }
  }

  @Test
  @Provokes(ErrorCode.RATE_LIMITED)
  void moreThanTwoHundredMessagesInASecondAreReportedOnceAndDropped() {
    try (LivePeer peer = server.greet("")) {
      assertThat(peer.flood("{\"type\":\"ping\",\"clientTimestamp\":1}", "error").path("code").asText()).isEqualTo("RATE_LIMITED");
      // the window eases message by message; until then pings fall silently
      boolean eased = false;
      for (int attempt = 400; !eased; attempt++) {
        peer.send("{\"type\":\"ping\",\"clientTimestamp\":" + attempt + "}");
        eased = peer.drain(50).stream().anyMatch(message -> message.path("clientTimestamp").asInt() >= 400);
      }
    }
  }
}
