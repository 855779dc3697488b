package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.render.DeleteTree;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoices;
import dev.cantora.engine.Engine;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of the whole daemon with the real engine and the real bank. */
@Timeout(120)
class LiveTakeTest {

  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ann-key\"},{\"id\":\"bob\",\"key\":\"bob-key\"}]";

  @TempDir
  Path folder;

  private TestDaemon daemon(String... environment) {
    TestVoices.write(folder.resolve("presets"), "default-voice");
    TestVoices.write(folder.resolve("presets"), "second-voice");
    Map<String, String> variables = new java.util.HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return TestDaemon.startIn(folder, variables);
  }

  private static LivePeer greet(TestDaemon daemon, String query, String members) {
    LivePeer peer = LivePeer.connect(daemon.port(), "/ws" + query);
    peer.send("{\"type\":\"hello\",\"protocolVersion\":1" + members + "}");
    peer.await("hello_ack");
    return peer;
  }

  @Test
  void aTakeIsStoredWithItsOwnerAndReplaysToTheSameBytes() throws IOException {
    try (TestDaemon daemon = daemon("AUTH_KEYS", KEYS); LivePeer peer = greet(daemon, "?token=ann-key", ",\"channels\":2")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"before\",\"midi\":60,\"velocity\":0.7,\"lyric\":\"la\"}");
      peer.play(7);
      peer.send("{\"type\":\"record_start\"}");
      assertThat(peer.await("record_status").path("recording").asBoolean()).isTrue();
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":67,\"velocity\":0.9,\"phonemes\":[\"S\",\"AA\",\"N\"],"
          + "\"vibrato\":{\"rateHz\":5.5,\"depthCents\":40,\"onsetSec\":0.1},\"portamentoMs\":80,\"breathiness\":0.3}");
      peer.play(9);
      peer.send("{\"type\":\"control\",\"controller\":\"bend\",\"value\":150}");
      peer.send("{\"type\":\"control\",\"controller\":\"pan\",\"value\":-0.4}");
      peer.send("{\"type\":\"timbre_morph\",\"weights\":{\"AH\":0.2,\"OO\":0.7}}");
      peer.play(6);
      peer.send("{\"type\":\"param_update\",\"presetId\":\"second-voice\"}");
      peer.await("hello_ack");
      peer.play(5);
      peer.send("{\"type\":\"note_off\",\"noteId\":\"before\",\"releaseMs\":150}");
      peer.send("{\"type\":\"param_update\",\"maxPolyphony\":1,\"rngSeed\":7,\"defaultTimbre\":\"EE\",\"limiter\":false}");
      peer.play(8);
      peer.send("{\"type\":\"record_stop\",\"name\":\"  My take \"}");
      JsonNode status = peer.await("record_status");
      assertThat(status.path("recording").asBoolean()).isFalse();
      JsonNode saved = peer.await("record_saved");
      assertThat(saved.path("name").asText()).isEqualTo("My take");
      assertThat(saved.path("eventCount").asInt()).isEqualTo(2);

      Path stored = folder.resolve("renders").resolve(saved.path("renderId").asText());
      JsonNode score = Json.parse(Files.readAllBytes(stored.resolve("score.json")));
      JsonNode provenance = Json.parse(Files.readAllBytes(stored.resolve("provenance.json")));
      JsonNode meta = Json.parse(Files.readAllBytes(stored.resolve("meta.json")));
      assertThat(score.path("live").asBoolean()).isTrue();
      assertThat(score.path("eventLog").path(0).path("type").asText()).isEqualTo("note_on");
      assertThat(provenance.path("eventLogHash").asText()).isEqualTo(saved.path("eventLogHash").asText());
      assertThat(provenance.path("wavHash").asText()).isEqualTo(saved.path("wavHash").asText());
      assertThat(meta.path("createdBy").asText()).isEqualTo("ann");
      assertThat(Files.readAllBytes(stored.resolve("audio.wav"))).isEqualTo(replayed(score));
    }
  }

  /** Whatever was agreed in hello: the take has its samples, not its frames, and its blocks are those of the session. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "default-voice | ,\"blockSize\":64                                      | 48000 | 64",
      "default-voice | ,\"blockSize\":1024,\"frameFormat\":\"s16\",\"channels\":2 | 48000 | 1024",
      "default-voice | ,\"frameFormat\":\"opus\",\"packetMs\":10               | 48000 | 480",
      "slow-voice    | ,\"blockSize\":128                                     | 44100 | 128",
      "slow-voice    | ,\"frameFormat\":\"opus\",\"packetMs\":20               | 48000 | 960",
  })
  void aTakeReplaysToTheSameBytesWhateverTheFramesWere(String preset, String members, int rate, int blockSize) throws IOException {
    TestVoices.write(folder.resolve("presets"), "slow-voice", 44_100);
    try (TestDaemon daemon = daemon(); LivePeer peer = LivePeer.connect(daemon.port(), "/ws")) {
      peer.send("{\"type\":\"hello\",\"protocolVersion\":1,\"presetId\":\"" + preset + "\"" + members + "}");
      JsonNode ack = peer.await("hello_ack");
      assertThat(ack.path("sampleRateHz").asInt()).isEqualTo(rate);
      assertThat(ack.path("blockSize").asInt()).isEqualTo(blockSize);
      peer.send("{\"type\":\"record_start\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":57,\"velocity\":1,\"phonemes\":[\"S\",\"AA\"],\"atSample\":777}");
      peer.send("{\"type\":\"control\",\"controller\":\"growl\",\"value\":0.5}");
      for (int seq = 0; seq < 8192 / blockSize; seq++) {
        LivePeer.Frame frame = peer.nextFrame();
        assertThat(frame.seq()).isEqualTo(seq);
        assertThat(frame.sampleRateHz()).isEqualTo(rate);
        assertThat(frame.blockSize()).isEqualTo(blockSize);
      }
      peer.send("{\"type\":\"note_on\",\"noteId\":\"b\",\"midi\":64,\"velocity\":0.5}");
      peer.await(message -> message.path("noteId").asText().equals("b"), "note_ack of b");
      peer.send("{\"type\":\"record_stop\"}");
      Path stored = folder.resolve("renders").resolve(peer.await("record_saved").path("renderId").asText());
      JsonNode score = Json.parse(Files.readAllBytes(stored.resolve("score.json")));
      assertThat(Files.readAllBytes(stored.resolve("audio.wav"))).hasSizeGreaterThan(8192 * 4).isEqualTo(replayed(score));
    }
  }

  /** A voice of another rate than most is in tune: its samples are played at the rate that the frames name. */
  @Test
  void aVoiceOfAnotherRateIsInTune() throws IOException {
    TestVoices.write(folder.resolve("presets"), "slow-voice", 44_100);
    try (TestDaemon daemon = daemon(); LivePeer peer = greet(daemon, "", ",\"presetId\":\"slow-voice\",\"defaultTimbre\":\"OO\"")) {
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":69,\"velocity\":1,\"vibrato\":{\"rateHz\":0,\"depthCents\":0,\"onsetSec\":0}}");
      peer.play(40);
      float[] second = peer.play(86);
      assertThat(strongestHz(second, 44_100)).isBetween(438.0, 442.0);
    }
  }

  /** By correlation with sines a hertz apart, around a'. */
  private static double strongestHz(float[] samples, int rate) {
    double best = 0;
    double bestPower = 0;
    for (double hz = 380; hz <= 500; hz++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < samples.length; i++) {
        re += samples[i] * Math.cos(2 * Math.PI * hz * i / rate);
        im += samples[i] * Math.sin(2 * Math.PI * hz * i / rate);
      }
      if (re * re + im * im > bestPower) {
        bestPower = re * re + im * im;
        best = hz;
      }
    }
    return best;
  }

  private byte[] replayed(JsonNode score) {
    try (Engine engine = Engine.create(1)) {
      VoiceLoader voices = new VoiceLoader(folder.resolve("presets"), warning -> { });
      Take take = new TakeReplay(score, EngineInstrument.library(engine, voices::load)).play();
      WavEncoder encoder = new WavEncoder(WavFormat.F32, take.channels(), take.sampleRateHz());
      ByteBuffer file = ByteBuffer.allocate((int) encoder.fileBytes(take.frames()));
      file.put(encoder.header(take.frames()));
      for (float[] chunk : take.chunks()) {
        encoder.encode(chunk, chunk.length, take.gain(), file);
      }
      return file.array();
    }
  }

  @Test
  @Provokes(ErrorCode.RECORD_SAVE_FAILED)
  void aFullStoreAndABrokenDiskKeepTheTakeUntilTheClientDecides() throws IOException {
    try (TestDaemon daemon = daemon("RENDER_STORE_BUDGET_MB", "1"); LivePeer peer = greet(daemon, "", "")) {
      record(peer, 300);
      peer.send("{\"type\":\"record_stop\",\"name\":\"first\"}");
      assertThat(peer.await("record_saved").path("name").asText()).isEqualTo("first");

      record(peer, 300);
      peer.send("{\"type\":\"record_stop\",\"name\":\"second\"}");
      JsonNode full = peer.await("error");
      assertThat(full.path("code").asText()).isEqualTo("RECORD_SAVE_FAILED");
      assertThat(full.path("message").asText()).isEqualTo(ErrorCode.RENDER_STORE_FULL.message());
      assertThat(full.path("takeKept").asBoolean()).isTrue();
      String id = renders().getFirst();
      assertThat(daemon.client().sendAsync(java.net.http.HttpRequest.newBuilder(daemon.uri("/api/v1/renders/" + id)).DELETE()
          .build(), java.net.http.HttpResponse.BodyHandlers.discarding()).join().statusCode()).isEqualTo(200);
      // what a client of version 1 would do
      peer.send("{\"type\":\"record_stop\"}");
      assertThat(peer.await("record_saved").path("name").asText()).isEqualTo("second");

      DeleteTree.of(folder.resolve("renders"));
      Files.writeString(folder.resolve("renders"), "a disk that broke");
      record(peer, 5);
      peer.send("{\"type\":\"record_stop\"}");
      JsonNode broken = peer.await("error");
      assertThat(broken.path("code").asText()).isEqualTo("RECORD_SAVE_FAILED");
      assertThat(broken.toString()).doesNotContain(folder.toString());
      peer.send("{\"type\":\"record_discard\"}");
      peer.await("record_discarded");
    }
  }

  private static void record(LivePeer peer, int frames) {
    peer.send("{\"type\":\"record_start\"}");
    peer.await("record_status");
    peer.drainFrames();
    peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
    peer.play(frames);
  }

  @Test
  void aTakeSurvivesThePlayerWhoVanishes() throws IOException {
    try (TestDaemon daemon = daemon()) {
      LivePeer peer = greet(daemon, "", "");
      peer.send("{\"type\":\"record_start\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
      peer.play(10);
      peer.vanish();
      JsonNode event = daemon.log().await("live_take_saved", any -> true);
      assertThat(event.path("principal").asText()).isEqualTo("anonymous");
      assertThat(renders()).containsExactly(event.path("renderId").asText());
    }
  }

  @Test
  void shutdownSaysGoodbyeAndStoresWhatIsBeingRecorded() throws IOException {
    LivePeer peer;
    try (TestDaemon daemon = daemon()) {
      peer = greet(daemon, "", "");
      peer.send("{\"type\":\"record_start\"}");
      peer.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":1}");
      peer.play(10);
    }
    assertThat(peer.awaitClosing()).isEqualTo(new LivePeer.Closing(1001, "Server shutting down"));
    assertThat(renders()).hasSize(1);
  }

  @Test
  void keysAreTakenFromQueryHeaderAndSubProtocolAndWrongOnesCloseWith4001() {
    try (TestDaemon daemon = daemon("AUTH_KEYS", KEYS)) {
      for (String query : new String[] {"", "?token=", "?token=nonsense"}) {
        assertThat(LivePeer.connect(daemon.port(), "/ws" + query).awaitClosing())
            .isEqualTo(new LivePeer.Closing(4001, "Unauthorized"));
      }
      greet(daemon, "?token=bob-key", "").close();
    }
  }

  private Stream<String> renderNames() throws IOException {
    return Files.list(folder.resolve("renders")).map(path -> path.getFileName().toString())
        .filter(name -> !name.startsWith("."));
  }

  private java.util.List<String> renders() throws IOException {
    try (Stream<String> names = renderNames()) {
      return names.toList();
    }
  }
}
