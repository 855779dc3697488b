package dev.cantora.daemon.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of other programs and audio formats over HTTP. */
class InterchangeHttpTest {
  private static final String SCORE = "{\"bpm\":100,\"lyrics\":{\"text\":\"hello sun\"},\"notes\":["
      + "{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.6,\"midi\":60},{\"id\":\"b\",\"startSec\":0.6,\"durationSec\":0.6,\"midi\":64},"
      + "{\"id\":\"c\",\"startSec\":1.2,\"durationSec\":0.6,\"midi\":67}]}";
  private static final String BODY = "{\"score\":" + SCORE + ",\"config\":{}}";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("JSON_BODY_LIMIT", "100kb");
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static Reply upload(String query, byte[] file, String type) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(daemon.uri("/api/v1/scores/import" + query)).POST(HttpRequest.BodyPublishers.ofByteArray(file));
    if (type != null) {
      request.header("Content-Type", type);
    }
    HttpResponse<byte[]> response = daemon.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
    dev.cantora.daemon.testing.SpecConformance.check("POST", "/api/v1/scores/import", reply);
    return reply;
  }

  @Test
  void aScoreGoesOutAsAFileAndComesBackAndIsSung() throws Exception {
    for (String[] format : new String[][] {{"midi", "audio/midi"}, {"musicxml", "application/vnd.recordare.musicxml+xml"}}) {
      Reply file = daemon.post("/api/v1/scores/export?format=" + format[0], SCORE);
      assertThat(file.header("Content-Type")).isEqualTo(format[1]);
      assertThat(file.header("Content-Disposition")).contains("filename=\"score.");
      for (String type : new String[] {format[1], "application/octet-stream", null}) {
        JsonNode answer = upload("", file.body(), type).json();
        assertThat(answer.path("format").asText()).isEqualTo(format[0]);
        assertThat(answer.at("/score/notes")).hasSize(3);
        assertThat(answer.at("/score/notes/0/lyric").asText()).isEqualTo("hello");
        Reply sung = daemon.post("/api/v1/render", "{\"score\":" + answer.path("score") + ",\"config\":{}}");
        assertThat(sung.status()).as(sung.toString()).isEqualTo(200);
      }
    }
    JsonNode named = upload("?format=ustx", ("name: Waltz\nustx_version: '0.6'\nbeat_per_bar: 3\nbeat_unit: 4\nbpm: 90\n"
        + "voice_parts: []\n").getBytes(StandardCharsets.UTF_8), null).json();
    assertThat(named.path("title").asText()).isEqualTo("Waltz");
    assertThat(named.path("timeSignature").toString()).isEqualTo("{\"num\":3,\"den\":4}");
    JsonNode one = upload("?track=0&bpm=60&timbre=OO&velocity=0.5", "[#0000]\nLength=480\nLyric=a\nNoteNum=60\n".getBytes(StandardCharsets.UTF_8), null).json();
    assertThat(one.at("/score/notes/0/durationSec").asDouble()).isEqualTo(1);
    assertThat(one.at("/score/notes/0/timbre").asText()).isEqualTo("OO");
  }

  @Test
  @Provokes({ErrorCode.UNKNOWN_SCORE_FORMAT, ErrorCode.SCORE_FILE_UNREADABLE, ErrorCode.SCORE_FILE_TOO_LARGE})
  void brokenAndHostileFilesHaveTheirCodes() throws Exception {
    ErrorProof.check(daemon, upload("", "what is this".getBytes(StandardCharsets.UTF_8), null), ErrorCode.UNKNOWN_SCORE_FORMAT);
    ErrorProof.check(daemon, upload("?format=midi", "MThd no".getBytes(StandardCharsets.UTF_8), null), ErrorCode.SCORE_FILE_UNREADABLE);
    byte[] xxe = "<?xml version=\"1.0\"?><!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><score-partwise>&x;</score-partwise>".getBytes(StandardCharsets.UTF_8);
    ErrorProof.check(daemon, upload("", xxe, "text/xml"), ErrorCode.SCORE_FILE_UNREADABLE);
    ErrorProof.check(daemon, upload("", bomb(), "application/vnd.recordare.musicxml"), ErrorCode.SCORE_FILE_TOO_LARGE);
    assertThat(upload("", new byte[200_000], null).code()).isEqualTo("BODY_TOO_LARGE");
    assertThat(upload("?format=doc", new byte[3], null).code()).isEqualTo("INVALID_QUERY");
    assertThat(upload("?bpm=9", new byte[3], null).code()).isEqualTo("INVALID_QUERY");
  }

  /** 50 KiB that become 40 MiB. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("score.xml"));
      zip.write(new byte[40 << 20]);
    }
    return out.toByteArray();
  }

  @Test
  @Provokes(ErrorCode.NOT_ACCEPTABLE)
  void aStoredRenderIsServedInEveryFormat() {
    String id = daemon.post("/api/v1/renders", BODY).json().at("/meta/id").asText();
    String audio = "/api/v1/renders/" + id + "/audio";
    Reply wav = daemon.get(audio);
    assertThat(wav.body()).as("floats unless asked").isEqualTo(daemon.get(audio + ".wav").body());
    Reply flac = daemon.get(audio, "Accept", "audio/flac;q=0.9, audio/wav;q=0.5");
    assertThat(flac.header("Content-Type")).isEqualTo("audio/flac");
    assertThat(new String(flac.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("fLaC");
    assertThat(flac.body().length).isLessThan(wav.body().length / 2);
    Reply opus = daemon.get(audio, "Accept", "audio/ogg");
    assertThat(new String(opus.body(), 28, 8, StandardCharsets.US_ASCII)).isEqualTo("OpusHead");
    assertThat(daemon.get(audio + "?format=wav-s16", "Accept", "audio/ogg").body()).hasSize(44 + (wav.body().length - 44) / 2);
    assertThat(daemon.get(audio + "?format=wav-s24").body()).hasSize(44 + (wav.body().length - 44) / 4 * 3);
    Reply asked = daemon.get(audio, "Accept", "audio/flac", "Range", "bytes=0-9");
    assertThat(asked.header("Accept-Ranges")).isEqualTo("none");
    assertThat(asked.body()).as("whole, as if no range had been asked for").isEqualTo(flac.body());
    assertThat(daemon.get(audio, "Accept", "audio/flac", "If-None-Match", flac.header("ETag")).status()).isEqualTo(304);
    assertThat(daemon.get(audio, "Accept", "audio/ogg", "If-None-Match", flac.header("ETag")).status()).isEqualTo(200);
    ErrorProof.check(daemon, daemon.get(audio, "Accept", "video/mp4"), ErrorCode.NOT_ACCEPTABLE);
    assertThat(daemon.get(audio + "?format=mp3").code()).isEqualTo("INVALID_QUERY");

    String score = "/api/v1/renders/" + id + "/score";
    assertThat(daemon.get(score).json().path("phonemes").get(0).path("phoneme").asText()).isEqualTo("HH");
    assertThat(daemon.get(score, "Accept", "text/html, */*").header("Content-Type")).startsWith("application/json");
    assertThat(daemon.get(score, "Accept", "text/vtt").text()).startsWith("WEBVTT\n").contains("hello");
    assertThat(daemon.get(score + "?format=htk").text()).contains(" hh\n");
    assertThat(new String(daemon.get(score, "Accept", "audio/midi").body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("MThd");
    assertThat(daemon.get(score, "Accept", "image/png").code()).isEqualTo("NOT_ACCEPTABLE");
  }

  @Test
  void theCapabilityDocumentNamesWhatIsServed() {
    JsonNode can = daemon.get("/api/v1/capabilities").json();
    assertThat(can.path("audioFormats").findValuesAsText("name")).containsExactly("wav-f32", "wav-s24", "wav-s16", "flac", "ogg-opus");
    assertThat(can.path("importFormats").findValuesAsText("name")).contains("midi", "mxl", "ust", "ustx", "lrc");
    assertThat(can.path("exportFormats").findValuesAsText("name")).contains("musicxml", "webvtt");
  }
}
