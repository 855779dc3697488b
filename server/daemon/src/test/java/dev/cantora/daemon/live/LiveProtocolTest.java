package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.fuzz.RawPeer;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The live protocol over a real socket, as a client of version 1 and as one that uses what was added. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveProtocolTest {

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
  void aNoteStartsTheTransportWithoutAckAndSounds() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      JsonNode ack = peer.next();
      assertThat(ack.path("type").asText()).isEqualTo("note_ack");
      assertThat(ack.path("noteId").asText()).isEqualTo("a");
      assertThat(ack.path("voiceIndex").asInt()).isZero();
      assertThat(ack.path("stolen").asBoolean()).isFalse();
      assertThat(peer.nextFrame().seq()).isZero();
      assertThat(loudest(peer.play(4))).isCloseTo((float) Math.tanh(0.2), within(0.01f));
    }
  }

  @Test
  void aNoteSoundsAtTheSampleThatItsAckNames() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.play(3);
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
      long at = peer.await("note_ack").path("atSample").asLong();
      long silent = 3 * 512;
      while (true) {
        float[] samples = peer.nextFrame().samples();
        for (int i = 0; i < samples.length; i++) {
          if (samples[i] != 0) {
            assertThat(silent + i).isEqualTo(at);
            return;
          }
        }
        silent += 512;
      }
    }
  }

  @Test
  void aNoteForASampleSoundsThere() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"atSample\":48333}");
      peer.send("{\"type\":\"note_off\",\"noteId\":\"a\",\"releaseMs\":0,\"atSample\":60000}");
      float[] samples = peer.play(130);
      assertThat(firstSound(samples)).isEqualTo(48333);
      assertThat(lastSound(samples)).isBetween(59995, 60001);
    }
  }

  @Test
  void theEndOfANoteNeverOvertakesItsStart() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"atSample\":40000}");
      peer.send("{\"type\":\"note_off\",\"noteId\":\"a\",\"releaseMs\":1}");
      float[] samples = peer.play(130);
      assertThat(lastSound(samples)).isLessThan(40100);
    }
  }

  @Test
  void notesWithTheClientsTimeKeepTheirDistanceWhateverTheNetworkDoes() throws InterruptedException {
    try (LivePeer peer = server.greet(",\"eventDelayMs\":500")) {
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1,\"clientTimeMs\":5000}");
      // the second message is held up on its way
      Thread.sleep(80);
      peer.send("{\"type\":\"note_on\",\"noteId\":\"b\",\"midi\":64,\"velocity\":1,\"clientTimeMs\":5025}");
      long first = peer.await("note_ack").path("atSample").asLong();
      long second = peer.await("note_ack").path("atSample").asLong();
      assertThat(second - first).isBetween(1199L, 1201L);
    }
  }

  @Test
  void stopRendersTheReleaseThenAcksAndTheNextPlayStartsAtZeroInSilence() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(5);
      peer.send("{\"type\":\"transport\",\"command\":\"stop\"}");
      JsonNode ack = peer.await("transport_ack");
      assertThat(ack.path("state").asText()).isEqualTo("stopped");
      float[] rest = concatenated(peer.drainFrames());
      assertThat(Math.abs(rest[rest.length - 1])).isLessThan(1e-3f);
      assertThat(5 * 512 + rest.length).isEqualTo(ack.path("samplePosition").asInt());
      peer.send("{\"type\":\"transport\",\"command\":\"play\"}");
      LivePeer.Frame first = peer.nextFrame();
      assertThat(first.seq()).isZero();
      assertThat(first.samples()).containsOnly(0f);
    }
  }

  @Test
  void panicReportsTheStateAndTheFramesGoOn() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"transport\",\"command\":\"panic\"}");
      assertThat(peer.await("transport_ack").path("state").asText()).isEqualTo("stopped");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1}");
      peer.play(4);
      peer.send("{\"type\":\"transport\",\"command\":\"panic\"}");
      assertThat(peer.await("transport_ack").path("state").asText()).isEqualTo("playing");
      peer.drainFrames();
      assertThat(loudest(java.util.Arrays.copyOfRange(peer.play(12), 10 * 512, 12 * 512))).isZero();
    }
  }

  @Test
  void theSameNoteIdRetriggersAndAFullPoolIsReported() {
    try (LivePeer peer = server.greet(",\"maxPolyphony\":2")) {
      for (String id : new String[] {"a", "a", "b", "c"}) {
        peer.send("{\"type\":\"note_on\",\"noteId\":\"" + id + "\",\"midi\":69,\"velocity\":1}");
        assertThat(peer.await("note_ack").path("stolen").asBoolean()).isEqualTo(id.equals("c"));
        peer.play(2);
      }
    }
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
      assertThat(loudest(peer.play(6))).as("no limiter, note still held").isCloseTo(2f, within(0.05f));
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

  @Test
  void wordsAreSungSyllableBySyllable() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"amazing - grace\"}");
      JsonNode status = peer.await("lyrics_status");
      assertThat(status.path("queued").asInt()).isEqualTo(5);
      assertThat(status.path("next").asText()).isEqualTo("AH");
      assertThat(syllable(peer, "")).isEqualTo("AH");
      assertThat(syllable(peer, "")).isEqualTo("M EY");
      assertThat(syllable(peer, "")).isEqualTo("Z IH NG");
      assertThat(syllable(peer, "")).isEqualTo("IH");
      assertThat(syllable(peer, ",\"phonemes\":[\"L\",\"AA1\"]")).isEqualTo("L AA");
      assertThat(syllable(peer, ",\"lyric\":\"-\"")).isEqualTo("AA");
      assertThat(syllable(peer, "")).isEqualTo("G R EY S");
      assertThat(syllable(peer, "")).isEmpty();
      assertThat(syllable(peer, ",\"lyric\":\"hello\"")).isEqualTo("HH AH");
      assertThat(syllable(peer, "")).isEqualTo("L OW");
    }
  }

  @Test
  void whatWaitsIsToldWheneverANoteChangesIt() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"la hello\"}");
      assertThat(waiting(peer)).isEqualTo("3 L AA");
      assertThat(syllable(peer, "")).isEqualTo("L AA");
      assertThat(waiting(peer)).isEqualTo("2 HH AH");
      // a note with words of its own leaves what it does not sing to those that follow
      assertThat(syllable(peer, ",\"lyric\":\"amazing\"")).isEqualTo("AH");
      assertThat(waiting(peer)).isEqualTo("4 M EY");
      // and one with a single syllable changes nothing: the next status is that of the note behind it
      assertThat(syllable(peer, ",\"phonemes\":[\"L\",\"IY\"]")).isEqualTo("L IY");
      assertThat(syllable(peer, "")).isEqualTo("M EY");
      assertThat(waiting(peer)).isEqualTo("3 Z IH NG");
      peer.send("{\"type\":\"queue_lyrics\",\"text\":\"\"}");
      assertThat(waiting(peer)).isEqualTo("0 ");
    }
  }

  private static String waiting(LivePeer peer) {
    JsonNode status = peer.await("lyrics_status");
    return status.path("queued").asInt() + " " + status.path("next").asText();
  }

  private static String syllable(LivePeer peer, String members) {
    peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1" + members + "}");
    return peer.await("note_ack").path("syllable").asText();
  }

  @Test
  void controllersReachTheVoice() {
    try (LivePeer peer = server.greet("")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":57,\"velocity\":1}");
      peer.play(4);
      peer.send("{\"type\":\"control\",\"controller\":\"bend\",\"value\":1200}");
      // frames from before the bend may still be on their way
      double heardHz = 0;
      for (int attempt = 0; attempt < 40 && Math.abs(heardHz - 440) > 6; attempt++) {
        heardHz = upwardCrossings(peer.play(20)) * 48000.0 / (20 * 512);
      }
      assertThat(heardHz).isCloseTo(440, within(6.0));
    }
  }

  private static int upwardCrossings(float[] samples) {
    int crossings = 0;
    for (int i = 1; i < samples.length; i++) {
      crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
    }
    return crossings;
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

  private static float loudest(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  private static int firstSound(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  private static int lastSound(float[] samples) {
    for (int i = samples.length - 1; i >= 0; i--) {
      if (samples[i] != 0) {
        return i;
      }
    }
    return -1;
  }

  private static float[] concatenated(java.util.List<LivePeer.Frame> frames) {
    float[] all = new float[frames.size() * 512];
    for (int i = 0; i < frames.size(); i++) {
      System.arraycopy(frames.get(i).samples(), 0, all, i * 512, 512);
    }
    return all;
  }
}
