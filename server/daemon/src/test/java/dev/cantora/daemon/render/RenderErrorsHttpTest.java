package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a render can be refused for, on both routes, and what a damaged store answers. */
class RenderErrorsHttpTest {
  private static final String BROKEN = Scores.body(Scores.score("[]"), "{\"presetId\":\"broken\"}");
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start();
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static void check(String body, ErrorCode code, Consumer<JsonNode> more) {
    for (String path : List.of("/api/v1/render", "/api/v1/renders")) {
      Reply reply = daemon.post(path, body);
      ErrorProof.check(daemon, reply, code);
      assertThat(reply.text()).doesNotContain(daemon.folder().toString());
      more.accept(reply.json());
    }
  }

  @Test
  @Provokes({ErrorCode.PRESET_NOT_FOUND, ErrorCode.INVALID_PRESET_ID})
  void presetsThatAreNotThere() {
    check(Scores.body(Scores.score(Scores.notes(1)), "{\"presetId\":\"nobody\"}"), ErrorCode.PRESET_NOT_FOUND, reply -> {
      assertThat(reply.path("presetId").asText()).isEqualTo("nobody");
      assertThat(reply.path("available")).extracting(JsonNode::asText).contains("default-voice");
      assertThat(reply.at("/details/available")).isEqualTo(reply.path("available"));
    });
    check(Scores.body(Scores.score(Scores.notes(1)), "{\"presetId\":\"../x\"}"), ErrorCode.INVALID_PRESET_ID, reply ->
        assertThat(reply.at("/issues/0/path").asText()).isEqualTo("config.presetId"));
  }

  @Test
  @Provokes(ErrorCode.INVALID_BODY)
  void timbresThatTheVoiceDoesNotHave() {
    check(Scores.body(Scores.score(Scores.notes(1)), "{\"defaultTimbre\":\"ZZ\"}"), ErrorCode.INVALID_BODY, reply -> {
      assertThat(reply.at("/issues/0/path").asText()).isEqualTo("config.defaultTimbre");
      assertThat(reply.at("/issues/0/message").asText()).contains("AH, OO");
    });
    check(Scores.body(Scores.score("[{\"id\":\"a\",\"startSec\":0,\"durationSec\":1,\"midi\":60,\"timbre\":\"ZZ\"}]")),
        ErrorCode.INVALID_BODY, reply -> assertThat(reply.at("/issues/0/path").asText()).isEqualTo("score.notes.0.timbre"));
  }

  @Test
  @Provokes({ErrorCode.UNSUPPORTED_SCORE_VERSION, ErrorCode.RENDER_TOO_LONG})
  void scoresThatAreTooNewOrTooLong() {
    check(Scores.body("{\"formatVersion\":\"2.0.0\",\"bpm\":120,\"notes\":[]}"), ErrorCode.UNSUPPORTED_SCORE_VERSION, reply -> {
      assertThat(reply.at("/details/scoreVersion").asText()).isEqualTo("2.0.0");
      assertThat(reply.at("/details/supportedVersions/0").asText()).isEqualTo("1.0.0");
    });
    check(Scores.body(Scores.score("[{\"id\":\"a\",\"startSec\":300,\"durationSec\":1,\"midi\":60}]")), ErrorCode.RENDER_TOO_LONG, reply -> {
      assertThat(reply.at("/details/scoreDurationSec").asDouble()).isEqualTo(301);
      assertThat(reply.at("/details/maxRenderDurationSec").asDouble()).isEqualTo(300);
    });
  }

  /** The preset is changed underneath a running daemon, which had sung with it before. */
  @Test
  @Provokes({ErrorCode.ASSET_INTEGRITY_MISMATCH, ErrorCode.ASSET_CORRUPT, ErrorCode.ASSET_SHAPE_MISMATCH,
      ErrorCode.ASSET_NOT_FOUND, ErrorCode.INVALID_ASSET_PATH, ErrorCode.UNSUPPORTED_PRESET_VERSION})
  void presetsThatChangeUnderneathAreNoticedAtTheNextRender() throws IOException {
    Path preset = TestVoice.install(daemon.folder().resolve("presets"), "broken");
    assertThat(daemon.post("/api/v1/render", BROKEN).status()).isEqualTo(200);
    Path asset = preset.resolve("assets/AH_envelope_db.f32");
    byte[] whole = Files.readAllBytes(asset);
    byte[] changed = whole.clone();
    changed[5] ^= 1;
    Files.write(asset, changed);
    check(BROKEN, ErrorCode.ASSET_INTEGRITY_MISMATCH, reply ->
        assertThat(reply.at("/details/expected").asText()).startsWith("sha256:"));

    Path manifest = preset.resolve("voicepreset.json");
    String stated = Files.readString(manifest);
    String unhashed = stated.replaceAll("\"sha256:[0-9a-f]{64}\"", "\"sha256:pending\"");
    Files.writeString(manifest, unhashed);
    Files.write(asset, java.util.Arrays.copyOf(whole, whole.length - 1));
    check(BROKEN, ErrorCode.ASSET_CORRUPT, reply -> assertNamesTheAsset(reply, "assetPath"));
    Files.write(asset, java.util.Arrays.copyOf(whole, whole.length - 4));
    check(BROKEN, ErrorCode.ASSET_SHAPE_MISMATCH, reply -> assertNamesTheAsset(reply, "assetPath"));
    Files.delete(asset);
    check(BROKEN, ErrorCode.ASSET_NOT_FOUND, reply -> assertNamesTheAsset(reply, "missingPath"));
    Files.writeString(manifest, unhashed.replace("assets/AH_envelope_db.f32", "../default-voice/voicepreset.json"));
    check(BROKEN, ErrorCode.INVALID_ASSET_PATH, reply -> { });
    Files.writeString(manifest, stated.replace("\"0.2.0\"", "\"9.0.0\""));
    check(BROKEN, ErrorCode.UNSUPPORTED_PRESET_VERSION, reply ->
        assertThat(reply.at("/details/presetVersion").asText()).isEqualTo("9.0.0"));

    Files.writeString(manifest, stated);
    Files.write(asset, whole);
    assertThat(daemon.post("/api/v1/render", BROKEN).status()).as("repaired without a restart").isEqualTo(200);
    DeleteTree.of(preset);
  }

  private static void assertNamesTheAsset(JsonNode reply, String member) {
    assertThat(reply.path("details").path(member).asText()).isEqualTo("assets/AH_envelope_db.f32");
  }

  @Test
  @Provokes(ErrorCode.READ_ERROR)
  void storedFilesThatAreGoneOrDamaged() throws IOException {
    String id = daemon.post("/api/v1/renders", Scores.small()).json().at("/meta/id").asText();
    Path folder = daemon.folder().resolve("renders").resolve(id);
    Files.write(folder.resolve("score.json"), "{".getBytes(StandardCharsets.UTF_8));
    Files.delete(folder.resolve("audio.wav"));
    ErrorProof.check(daemon, daemon.get("/api/v1/renders/" + id + "/score"), ErrorCode.READ_ERROR);
    ErrorProof.check(daemon, daemon.get("/api/v1/renders/" + id + "/audio.wav"), ErrorCode.READ_ERROR);
    assertThat(daemon.get("/api/v1/renders/" + id + "/telemetry").status()).isEqualTo(200);
    daemon.delete("/api/v1/renders/" + id);
  }

  @Test
  @Provokes(ErrorCode.WRITE_ERROR)
  void aStoreThatVanishesWhileItIsUsedCannotBeWritten() throws IOException {
    try (TestDaemon robbed = TestDaemon.start()) {
      TestVoice.install(robbed.folder().resolve("presets"), "default-voice");
      DeleteTree.of(robbed.folder().resolve("renders"));
      Reply reply = robbed.post("/api/v1/render", Scores.small(), "X-Render-Job-Id", "robbed");
      ErrorProof.check(robbed, reply, ErrorCode.WRITE_ERROR);
      String events = robbed.get("/api/v1/render/events?jobId=robbed").text();
      assertThat(events).contains("event: failed", "\"code\":\"WRITE_ERROR\"").doesNotContain(robbed.folder().toString());
      ErrorProof.assertNoLeak(events);
      assertThat(robbed.get("/readyz").json().path("failing").get(0).asText()).isEqualTo("render_store_unavailable:ENOENT");
    }
  }
}
