package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Audio that is heard while it is rendered, over real HTTP. */
class StreamHttpTest {
  private static final int SECOND_BYTES = 4 * 48_000;
  private static final String LONG = "{\"score\":{\"bpm\":60,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":60,"
      + "\"midi\":60}]},\"config\":{\"presetId\":\"default-voice\"}}";

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

  private static String withNormalize(String order, String normalize) {
    ObjectNode tree = (ObjectNode) Json.parse(order.getBytes(StandardCharsets.UTF_8));
    ((ObjectNode) tree.get("config")).put("normalize", normalize);
    return Json.text(tree);
  }

  @Test
  void theStreamIsTheFileThatIsStoredWithoutNormalisation() throws Exception {
    Reply streamed = daemon.post("/api/v1/render/stream", Scores.small());
    assertThat(streamed.status()).isEqualTo(200);
    assertThat(streamed.header("Content-Type")).isEqualTo("audio/wav");
    assertThat(streamed.header("Content-Length")).isEqualTo(Integer.toString(streamed.body().length));
    assertThat(streamed.header("X-Render-Job-Id")).matches("job_[\\w-]{12}");
    assertThat(daemon.get("/api/v1/renders/last/audio.wav").body()).isEqualTo(streamed.body());
    assertThat(daemon.get("/api/v1/renders/last/provenance").json().path("wavHash").asText())
        .isEqualTo(RenderHttpTest.sha256(streamed.body()));

    daemon.post("/api/v1/render", withNormalize(Scores.small(), "none"));
    assertThat(daemon.get("/api/v1/renders/last/audio.wav").body()).isEqualTo(streamed.body());
  }

  @Test
  void thePeakCannotBeKnownBeforeTheEnd() {
    Reply refused = daemon.post("/api/v1/render/stream", withNormalize(Scores.small(), "peak"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("code").asText()).isEqualTo("INVALID_BODY");
    assertThat(refused.json().at("/issues/0/path").asText()).isEqualTo("config.normalize");
  }

  @Test
  void aReaderWhoPlaysAsItComesDoesNotHoldTheRenderUp() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response = http.send(HttpRequest.newBuilder(daemon.uri("/api/v1/render/stream"))
          .header("Content-Type", "application/json").header("X-Render-Job-Id", "stream-1")
          .POST(HttpRequest.BodyPublishers.ofString(LONG)).build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      try (InputStream body = response.body()) {
        byte[] first = body.readNBytes(44 + SECOND_BYTES);
        assertThat(RenderHttpTest.samples(first)[SECOND_BYTES / 8]).as("it sings").isNotZero();

        awaitDone("stream-1");

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(first);
        body.transferTo(whole);
        assertThat(RenderHttpTest.sha256(whole.toByteArray()))
            .isEqualTo(daemon.get("/api/v1/renders/last/provenance").json().path("wavHash").asText());
      }
    }
  }

  /** Follows the job to its end while the answer waits unread. */
  private static void awaitDone(String jobId) {
    Reply events = daemon.get("/api/v1/render/events?jobId=" + jobId);
    assertThat(new String(events.body(), StandardCharsets.UTF_8)).contains("event: done");
  }
}
