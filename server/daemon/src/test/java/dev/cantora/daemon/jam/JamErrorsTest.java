package dev.cantora.daemon.jam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every code a jam socket can answer, provoked over a real socket. */
class JamErrorsTest {

  private JamBand band;

  @BeforeEach
  void start() {
    band = new JamBand("MAX_JAM_SESSIONS", "2", "MAX_JAM_PARTICIPANTS", "2");
  }

  @AfterEach
  void stop() {
    band.close();
  }

  @Provokes({ErrorCode.PARSE_ERROR, ErrorCode.INVALID_MESSAGE})
  @Test
  void messagesThatAreNoJsonOrFitNoSchema() {
    LivePeer peer = band.player("Ada");
    peer.send("{");
    assertThat(JamBand.error(peer)).isEqualTo("PARSE_ERROR");
    peer.send("{\"type\":\"dance\"}");
    assertThat(JamBand.error(peer)).isEqualTo("INVALID_MESSAGE");
    peer.send("{\"type\":\"session_create\",\"bpm\":1000}");
    var error = peer.await("jam_error");
    assertThat(error.get("code").asText()).isEqualTo("INVALID_MESSAGE");
    assertThat(error.get("issues").get(0).get("path").asText()).isEqualTo("bpm");
    assertThat(error.get("hint").asText()).isNotBlank();
  }

  @Provokes({ErrorCode.NOT_AUTHENTICATED, ErrorCode.NOT_IN_SESSION, ErrorCode.ALREADY_IN_SESSION})
  @Test
  void orderOfMessages() {
    LivePeer peer = band.stranger();
    peer.send("{\"type\":\"session_create\"}");
    assertThat(JamBand.error(peer)).isEqualTo("NOT_AUTHENTICATED");
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":1}");
    peer.await("jam_hello_ack");
    peer.send("{\"type\":\"transport_play\"}");
    assertThat(JamBand.error(peer)).isEqualTo("NOT_IN_SESSION");
    peer.send("{\"type\":\"session_create\"}");
    peer.await("session_created");
    peer.send("{\"type\":\"session_create\"}");
    assertThat(JamBand.error(peer)).isEqualTo("ALREADY_IN_SESSION");
  }

  @Provokes({ErrorCode.PROTOCOL_MISMATCH})
  @Test
  void anotherProtocolIsToldAndClosed() {
    LivePeer peer = band.stranger();
    peer.send("{\"type\":\"jam_hello\",\"protocolVersion\":2}");
    assertThat(JamBand.error(peer)).isEqualTo("PROTOCOL_MISMATCH");
    assertThat(peer.awaitClosing().code()).isEqualTo(4001);
  }

  @Provokes({ErrorCode.NOT_HOST, ErrorCode.NOT_AUTHORIZED, ErrorCode.TRACK_NOT_FOUND})
  @Test
  void guestsAndSpectatorsMayNotDoWhatHostsDo() {
    LivePeer host = band.host("");
    String id = JamBand.created(host).get("sessionId").asText();
    String track = JamBand.addTrack(host, "");
    LivePeer guest = band.guest("Bea", id);
    guest.await("session_joined");
    guest.send("{\"type\":\"transport_play\"}");
    assertThat(JamBand.error(guest)).isEqualTo("NOT_HOST");
    guest.send("{\"type\":\"track_update\",\"trackId\":\"" + track + "\",\"gain\":0.5}");
    assertThat(JamBand.error(guest)).isEqualTo("NOT_AUTHORIZED");
    guest.send("{\"type\":\"track_update\",\"trackId\":\"track-99\",\"gain\":0.5}");
    assertThat(JamBand.error(guest)).isEqualTo("TRACK_NOT_FOUND");
    LivePeer spectator = band.player("Cy");
    spectator.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\",\"role\":\"spectator\"}");
    spectator.await("session_joined");
    spectator.send("{\"type\":\"track_note_on\",\"trackId\":\"" + track + "\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
    assertThat(JamBand.error(spectator)).isEqualTo("NOT_AUTHORIZED");
  }

  @Provokes({ErrorCode.MAX_SESSIONS, ErrorCode.SESSION_FULL, ErrorCode.SESSION_NOT_FOUND})
  @Test
  void capacity() {
    LivePeer first = band.host("");
    String id = JamBand.created(first).get("sessionId").asText();
    JamBand.created(band.host(""));
    assertThat(JamBand.error(band.host(""))).isEqualTo("MAX_SESSIONS");
    band.guest("Bea", id).await("session_joined");
    assertThat(JamBand.error(band.guest("Cy", id))).isEqualTo("SESSION_FULL");
    assertThat(JamBand.error(band.guest("Di", "00000000"))).isEqualTo("SESSION_NOT_FOUND");
  }

  @Provokes({ErrorCode.PRESET_NOT_FOUND})
  @Test
  void tracksOfVoicesThatDoNotExist() {
    LivePeer host = band.host("");
    host.send("{\"type\":\"track_add\",\"presetId\":\"nobody\"}");
    assertThat(JamBand.error(host)).isEqualTo("PRESET_NOT_FOUND");
  }

  @Provokes({ErrorCode.ASSET_INTEGRITY_MISMATCH, ErrorCode.ASSET_CORRUPT, ErrorCode.ASSET_SHAPE_MISMATCH,
      ErrorCode.ASSET_NOT_FOUND, ErrorCode.INVALID_ASSET_PATH, ErrorCode.UNSUPPORTED_PRESET_VERSION})
  @Test
  void tracksOfVoicesThatAreDamaged() throws IOException {
    Path preset = TestVoice.install(band.daemon.folder().resolve("presets"), "broken");
    Path asset = preset.resolve("assets/AH_envelope_db.f32");
    Path manifest = preset.resolve("voicepreset.json");
    byte[] whole = Files.readAllBytes(asset);
    String stated = Files.readString(manifest);
    String unhashed = stated.replaceAll("\"sha256:[0-9a-f]{64}\"", "\"sha256:pending\"");
    LivePeer host = band.host("");
    JamBand.created(host);
    byte[] changed = whole.clone();
    changed[5] ^= 1;
    Files.write(asset, changed);
    assertThat(brokenTrack(host)).isEqualTo("ASSET_INTEGRITY_MISMATCH");
    Files.writeString(manifest, unhashed);
    Files.write(asset, Arrays.copyOf(whole, whole.length - 1));
    assertThat(brokenTrack(host)).isEqualTo("ASSET_CORRUPT");
    Files.write(asset, Arrays.copyOf(whole, whole.length - 4));
    assertThat(brokenTrack(host)).isEqualTo("ASSET_SHAPE_MISMATCH");
    Files.delete(asset);
    assertThat(brokenTrack(host)).isEqualTo("ASSET_NOT_FOUND");
    Files.writeString(manifest, unhashed.replace("assets/AH_envelope_db.f32", "../choir/voicepreset.json"));
    assertThat(brokenTrack(host)).isEqualTo("INVALID_ASSET_PATH");
    Files.writeString(manifest, stated.replace("\"0.2.0\"", "\"9.0.0\""));
    assertThat(brokenTrack(host)).isEqualTo("UNSUPPORTED_PRESET_VERSION");
    host.rawTexts().forEach(ErrorProof::assertNoLeak);
  }

  private static String brokenTrack(LivePeer host) {
    host.send("{\"type\":\"track_add\",\"presetId\":\"broken\"}");
    return JamBand.error(host);
  }

  @Provokes({ErrorCode.NO_RECORDING})
  @Test
  void exportWithoutARecordingIsToldToTheSenderAlone() {
    LivePeer host = band.host("");
    String id = JamBand.created(host).get("sessionId").asText();
    LivePeer guest = band.guest("Bea", id);
    guest.await("session_joined");
    host.send("{\"type\":\"record_export\"}");
    assertThat(JamBand.error(host)).isEqualTo("NO_RECORDING");
    guest.send("{\"type\":\"chat\",\"text\":\"hi\"}");
    guest.await("chat_message");
    assertThat(guest.rawTexts()).noneMatch(text -> text.contains("NO_RECORDING"));
  }

  @Provokes(ErrorCode.TRACK_ADD_FAILED)
  @Test
  void aSessionHoldsThirtyTwoTracks() {
    LivePeer host = band.host("");
    JamBand.created(host);
    for (int i = 0; i < 32; i++) {
      JamBand.addTrack(host, ",\"polyphonyLimit\":1");
    }
    host.send("{\"type\":\"track_add\",\"presetId\":\"choir\"}");
    assertThat(JamBand.error(host)).isEqualTo("TRACK_ADD_FAILED");
  }

  @Test
  void numbersOutOfRangeAreRefusedAndChangeNothing() {
    LivePeer host = band.host("");
    JamBand.created(host);
    String track = JamBand.addTrack(host, "");
    String id = "\"trackId\":\"" + track + "\"";
    for (String message : List.of(
        "\"track_update\"," + id + ",\"gain\":2.1", "\"track_update\"," + id + ",\"gain\":-0.1",
        "\"track_update\"," + id + ",\"pan\":1.01", "\"track_update\"," + id + ",\"polyphonyLimit\":0",
        "\"track_update\"," + id + ",\"polyphonyLimit\":65", "\"track_update\"," + id + ",\"gain\":\"loud\"",
        "\"track_note_on\"," + id + ",\"noteId\":\"a\",\"midi\":128,\"velocity\":1",
        "\"track_note_on\"," + id + ",\"noteId\":\"a\",\"midi\":-1,\"velocity\":1",
        "\"track_note_on\"," + id + ",\"noteId\":\"a\",\"midi\":60,\"velocity\":1.5",
        "\"track_note_off\"," + id + ",\"noteId\":\"a\",\"releaseMs\":10001",
        "\"track_control\"," + id + ",\"controller\":\"bend\",\"value\":1e9",
        "\"transport_seek\",\"positionSec\":3601", "\"transport_seek\",\"positionSec\":-1",
        "\"transport_set\",\"bpm\":19", "\"transport_set\",\"bpm\":401", "\"transport_set\",\"timeSig\":{\"num\":0,\"den\":4}",
        "\"transport_set\",\"timeSig\":{\"num\":4,\"den\":3}", "\"transport_set\",\"timeSig\":{\"num\":4,\"den\":4,\"x\":1}",
        "\"transport_play\",\"countInMeasures\":5", "\"session_set_quantize\",\"grid\":\"1/3\"",
        "\"track_add\",\"presetId\":\"choir\",\"gain\":3", "\"track_add\",\"presetId\":\"../x\"",
        "\"record_export\",\"channels\":3", "\"latency_report\",\"rttMs\":-1", "\"chat\",\"text\":\"\"")) {
      host.send("{\"type\":" + message + "}");
      assertThat(JamBand.error(host)).as(message).isEqualTo("INVALID_MESSAGE");
    }
    host.send("{\"type\":\"track_update\"," + id + "}");
    var unchanged = host.await("track_updated").get("track");
    assertThat(unchanged.get("gain").asDouble()).isEqualTo(1);
    assertThat(unchanged.get("polyphonyLimit").asInt()).isEqualTo(4);
  }

  @Test
  void aLoopThatEndsBeforeItStartsIsRefused() {
    LivePeer host = band.host("");
    host.send("{\"type\":\"transport_set\",\"loopEnabled\":true,\"loopStartSec\":2,\"loopEndSec\":1}");
    assertThat(JamBand.error(host)).isEqualTo("INVALID_MESSAGE");
  }

  @Provokes({ErrorCode.UNSUPPORTED_SCORE_VERSION})
  @Test
  void anUnsupportedScoreVersion() {
    LivePeer host = band.host("");
    String track = JamBand.addTrack(host, "");
    host.send("{\"type\":\"track_set_score\",\"trackId\":\"" + track
        + "\",\"score\":{\"formatVersion\":\"9.0.0\",\"bpm\":100,\"notes\":[]}}");
    assertThat(JamBand.error(host)).isEqualTo("UNSUPPORTED_SCORE_VERSION");
  }

  @Provokes({ErrorCode.RATE_LIMITED})
  @Test
  void aFloodIsReportedOnce() {
    LivePeer peer = band.player("Ada");
    JsonNode error = peer.flood("{\"type\":\"jam_ping\",\"clientTimestamp\":1}", "jam_error");
    assertThat(error.path("code").asText()).isEqualTo("RATE_LIMITED");
  }

  @Test
  void aWrongKeyIsClosed() {
    try (JamBand locked = new JamBand("AUTH_TOKEN", "secret")) {
      assertThat(locked.stranger().awaitClosing().code()).isEqualTo(4001);
    }
  }

  @Test
  void shutdownSays1001() {
    JamBand other = new JamBand();
    LivePeer host = other.host("");
    JamBand.created(host);
    other.daemon.close();
    assertThat(host.awaitClosing().code()).isEqualTo(1001);
  }
}
