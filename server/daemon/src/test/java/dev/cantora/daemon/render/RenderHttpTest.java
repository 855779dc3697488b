package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rendering and the bank over real HTTP. */
class RenderHttpTest {
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

  static float[] samples(byte[] wav) {
    float[] samples = new float[(wav.length - 44) / 4];
    ByteBuffer.wrap(wav, 44, wav.length - 44).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void aScoreBecomesAWavFileInTheLastSlot() throws Exception {
    Reply rendered = daemon.post("/api/v1/render", Scores.small());

    assertThat(rendered.status()).isEqualTo(200);
    JsonNode result = rendered.json();
    assertThat(result.path("ok").asBoolean()).isTrue();
    assertThat(result.path("jobId").asText()).isEqualTo(rendered.header("X-Render-Job-Id")).matches("job_[\\w-]{12}");
    assertThat(result.path("audioUrl").asText()).isEqualTo("/api/renders/last/audio.wav");
    Reply audio = daemon.get(result.path("audioUrl").asText());
    byte[] wav = audio.body();
    ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    long frames = (long) Math.ceil((2 / 3.0 + 0.001 + 0.3 + 0.3) * 48000 / 1024) * 1024;
    assertThat(audio.header("Content-Type")).isEqualTo("audio/wav");
    assertThat(audio.header("Content-Length")).isEqualTo(Integer.toString(wav.length));
    assertThat(header.getShort(20)).as("format tag").isEqualTo((short) 3);
    assertThat(header.getShort(22)).as("channels").isEqualTo((short) 1);
    assertThat(header.getInt(24)).as("rate").isEqualTo(48000);
    assertThat(header.getInt(40)).isEqualTo(wav.length - 44);
    assertThat((wav.length - 44) / 4L).isEqualTo(frames).isEqualTo(result.at("/telemetry/totalSamples").asLong());
    float[] samples = samples(wav);
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertThat(peak).isEqualTo(1f);
    assertThat(result.at("/provenance/wavHash").asText()).isEqualTo(sha256(wav));
    assertThat(result.at("/provenance/config/presetPath").asText()).isEqualTo("default-voice/voicepreset.json");
    assertThat(result.at("/telemetry/tailSec").asDouble()).isEqualTo(0.3);
    assertThat(result.at("/telemetry/voicesMax").asInt()).isEqualTo(1);
    JsonNode meta = daemon.get("/api/v1/renders/last/meta").json();
    assertThat(meta.path("id").asText()).isEqualTo("last");
    assertThat(sha256(wav)).startsWith(meta.path("wavHash").asText());
    assertThat(daemon.get("/api/v1/renders/last/telemetry").json()).isEqualTo(result.path("telemetry"));
    assertThat(daemon.get("/api/v1/renders/last/provenance").json()).isEqualTo(result.path("provenance"));
    byte[] score = daemon.get("/api/v1/renders/last/score").body();
    assertThat(sha256(score)).startsWith(meta.path("scoreHash").asText());
  }

  @Test
  void unknownMembersOfAScoreAreKeptAndLyricsBecomePhonemes() {
    String score = "{\"bpm\":90,\"title\":\"Mine\",\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60,\"colour\":\"red\"}],"
        + "\"lyrics\":{\"text\":\"hello\"}}";
    assertThat(daemon.post("/api/v1/render", Scores.body(score)).status()).isEqualTo(200);
    JsonNode stored = daemon.get("/api/v1/renders/last/score").json();
    assertThat(stored.path("title").asText()).isEqualTo("Mine");
    assertThat(stored.at("/notes/0/colour").asText()).isEqualTo("red");
    assertThat(stored.path("phonemes").get(0).path("phoneme").asText()).isEqualTo("HH");
  }

  @Test
  void whatTheWordsCouldNotSayIsTold() {
    String score = "{\"bpm\":90,\"notes\":" + Scores.notes(1) + ",\"lyrics\":{\"text\":\"hello\",\"language\":\"tlh\"}}";
    for (String path : List.of("/api/v1/render", "/api/v1/renders")) {
      assertThat(daemon.post(path, Scores.body(score)).json().path("warnings").toString()).contains("tlh");
    }
    assertThat(daemon.post("/api/v1/render", Scores.small()).json().has("warnings")).isFalse();
  }

  @Test
  void silenceIsARenderWithoutAPeak() {
    Reply rendered = daemon.post("/api/v1/render", Scores.body(Scores.score("[]")));
    assertThat(rendered.status()).isEqualTo(200);
    assertThat(rendered.json().at("/telemetry/peakDbfs").isNull()).isTrue();
    assertThat(rendered.json().path("durationSec").asDouble()).isEqualTo(15360 / 48000.0);
    assertThat(samples(daemon.get("/api/v1/renders/last/audio.wav").body())).containsOnly(0f);
  }

  @Test
  void stereoAndSampleRateAreReached() {
    String score = Scores.score("[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60,\"pan\":-1}]");
    Reply rendered = daemon.post("/api/v1/renders", Scores.body(score, "{\"channels\":2,\"sampleRateHz\":44100}"));
    String id = rendered.json().at("/meta/id").asText();
    byte[] wav = daemon.get("/api/v1/renders/" + id + "/audio.wav").body();
    ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getShort(22)).isEqualTo((short) 2);
    assertThat(header.getInt(24)).isEqualTo(44100);
    float left = 0;
    float right = 0;
    float[] samples = samples(wav);
    for (int i = 0; i < samples.length; i += 2) {
      left = Math.max(left, Math.abs(samples[i]));
      right = Math.max(right, Math.abs(samples[i + 1]));
    }
    assertThat(left).isEqualTo(1f);
    assertThat(right).isLessThan(0.01f);
  }

  @Test
  void savedRendersAreListedRenamedPinnedPromotedAndDeleted() {
    JsonNode first = daemon.post("/api/v1/renders", "{\"name\":\"  One  \"," + Scores.small().substring(1)).json().path("meta");
    assertThat(first.path("name").asText()).isEqualTo("One");
    assertThat(first.path("createdBy").asText()).isEqualTo("anonymous");
    assertThat(first.at("/summary/preset").asText()).isEqualTo("default-voice");
    daemon.post("/api/v1/render", Scores.small());
    JsonNode promoted = daemon.post("/api/v1/renders/promote-last", "{\"name\":\"Two\"}").json().path("meta");
    String firstPath = "/api/v1/renders/" + first.path("id").asText();
    assertThat(daemon.patch(firstPath, "{\"pinned\":true}").json().at("/meta/pinned").asBoolean()).isTrue();
    JsonNode renamed = daemon.patch(firstPath, "{\"name\":\"Uno\"}").json().path("meta");
    assertThat(renamed.path("name").asText()).isEqualTo("Uno");

    List<String> ids = daemon.get("/api/v1/renders").json().path("renders").findValuesAsText("id");
    assertThat(ids.getFirst()).isEqualTo("last");
    assertThat(ids.get(1)).isEqualTo(first.path("id").asText());
    assertThat(ids).contains(promoted.path("id").asText());
    long before = daemon.get("/api/v1/renders").json().at("/budget/usedBytes").asLong();
    Reply deleted = daemon.delete(firstPath);
    assertThat(deleted.json().at("/budget/usedBytes").asLong()).isLessThan(before);
    assertThat(daemon.delete(firstPath).code()).isEqualTo("NOT_FOUND");
    assertThat(daemon.get(firstPath + "/audio.wav").code()).isEqualTo("NOT_FOUND");
    assertThat(daemon.patch(firstPath, "{}").code()).isEqualTo("INVALID_BODY");
  }

  @Test
  @Provokes(ErrorCode.RANGE_NOT_SATISFIABLE)
  void audioIsServedInRangesAndNotTwice() {
    String id = daemon.post("/api/v1/renders", Scores.small()).json().at("/meta/id").asText();
    String path = "/api/v1/renders/" + id + "/audio.wav";
    Reply whole = daemon.get(path);
    byte[] wav = whole.body();
    String etag = whole.header("ETag");
    Reply part = daemon.get(path, "Range", "bytes=10-99");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(wav, 10, 100));
    assertThat(part.header("Content-Range")).isEqualTo("bytes 10-99/" + wav.length);
    assertThat(daemon.get(path, "Range", "bytes=-50").body()).isEqualTo(Arrays.copyOfRange(wav, wav.length - 50, wav.length));
    assertThat(daemon.get(path, "Range", "bytes=100-", "If-Range", etag).body()).isEqualTo(Arrays.copyOfRange(wav, 100, wav.length));
    assertThat(daemon.get(path, "Range", "bytes=100-", "If-Range", "\"other\"").status()).isEqualTo(200);
    assertThat(daemon.get(path, "Range", "bytes=1-2,5-6").status()).isEqualTo(200);
    Reply outside = daemon.get(path, "Range", "bytes=" + wav.length + "-");
    ErrorProof.check(daemon, outside, ErrorCode.RANGE_NOT_SATISFIABLE);
    assertThat(outside.header("Content-Range")).isEqualTo("bytes */" + wav.length);
    Reply unchanged = daemon.get(path, "If-None-Match", etag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
  }

  @Test
  void idsThatTraverseAreRefused() {
    for (String id : List.of("..%2f..%2fetc", "%2e%2e", "a.b", "x".repeat(65))) {
      assertThat(daemon.get("/api/v1/renders/" + id + "/audio.wav").code()).as(id).isEqualTo("INVALID_RENDER_ID");
    }
    assertThat(daemon.delete("/api/v1/render/jobs/a.b").code()).isEqualTo("INVALID_JOB_ID");
    assertThat(daemon.get("/api/v1/render/events?jobId=a.b").code()).isEqualTo("INVALID_JOB_ID");
    assertThat(daemon.delete("/api/v1/render/jobs/nobody").code()).isEqualTo("JOB_NOT_FOUND");
    assertThat(daemon.get("/api/v1/renders/2026-05-16T10-11-12-345Z-1a2b3c4d/meta").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aRenderHasTheSameBytesWhateverRunsBesideIt() {
    String body = Scores.body("{\"bpm\":90,\"notes\":" + Scores.notes(6) + ",\"lyrics\":{\"text\":\"la la sing a song now\"}}");
    String alone = daemon.post("/api/v1/renders", body).json().at("/meta/wavHash").asText();
    List<CompletableFuture<String>> together = java.util.stream.IntStream.range(0, 6)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> daemon.post("/api/v1/renders", body).json().at("/meta/wavHash").asText()))
        .toList();
    assertThat(together).allSatisfy(hash -> assertThat(hash.join()).isEqualTo(alone));
  }

  @Test
  @Provokes(ErrorCode.CONFLICT)
  void eventsOfAFinishedJobAreReplayedAndTheStreamEnds() {
    Reply rendered = daemon.post("/api/v1/render", Scores.small(), "X-Render-Job-Id", "my-job-1");
    assertThat(rendered.header("X-Render-Job-Id")).isEqualTo("my-job-1");
    Reply events = daemon.get("/api/v1/render/events?jobId=my-job-1");
    assertThat(events.header("Content-Type")).startsWith("text/event-stream");
    assertThat(events.header("Cache-Control")).isEqualTo("no-cache, no-transform");
    assertThat(events.text()).startsWith(": queue depth 0\n\nevent: done\ndata: {").contains("\"jobId\":\"my-job-1\"")
        .contains("\"wavHash\"").doesNotContain("wavBytes").endsWith("\n\n");
    ErrorProof.check(daemon, daemon.post("/api/v1/render", Scores.small(), "X-Render-Job-Id", "my-job-1"), ErrorCode.CONFLICT);
  }
}
