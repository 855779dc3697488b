package dev.cantora.daemon.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.SpecConformance;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import dev.cantora.fuzz.Mutations;
import dev.cantora.fuzz.RestCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the OpenAPI document, called with mutations of its own examples, with real and invented ids, with valid,
 * wrong and missing keys. Each answer must be what the document says; nothing may be an internal error.
 */
class RestFuzzTest {
  private static final int REQUESTS = Integer.getInteger("cantora.test.fuzz", 800);
  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"root\",\"key\":\"kr\",\"admin\":true}]";
  private static final String BODY = "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.2,\"midi\":60}]},\"config\":{}}";
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("AUTH_KEYS", KEYS, "MAX_RENDER_DURATION_SEC", "2", "JSON_BODY_LIMIT", "256kb", "LOG_LEVEL", "error");
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @Test
  void mutationsOfEveryOperationAreAnsweredAsDocumented() throws Exception {
    Mutations mutations = new Mutations(20261124);
    RestCalls calls = new RestCalls(mutations);
    for (int i = 0; i < 3; i++) {
      calls.learn(daemon.post("/api/v1/renders", BODY, "Authorization", "Bearer ka", "X-Render-Job-Id", "job-" + i).json().at("/meta/id").asText());
      calls.learn("job-" + i);
    }
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < REQUESTS; i++) {
      RestCalls.Call call = calls.next();
      Reply reply = send(call, mutations);
      SpecConformance.check(call.method(), call.path(), reply);
      ErrorProof.assertNoLeak(reply.body().length < 100_000 && reply.status() >= 400 ? reply.text() : "");
      String code = reply.status() < 400 ? "" : reply.code();
      assertThat(code).as("%s %s %s%n%s", call.method(), call.path(),
              call.body() == null ? "" : new String(call.body(), StandardCharsets.UTF_8), reply)
          .isNotEqualTo("INTERNAL_ERROR");
      seen.add(reply.status() + " " + call.method());
    }
    assertThat(seen).as("refusals and successes alike").anyMatch(each -> each.startsWith("200")).anyMatch(each -> each.startsWith("400"))
        .anyMatch(each -> each.startsWith("401")).anyMatch(each -> each.startsWith("404"));
    assertThat(daemon.get("/livez").text()).isEqualTo("ok");
  }

  private static Reply send(RestCalls.Call call, Mutations mutations) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + call.path()))
        .timeout(Duration.ofSeconds(60))
        .method(call.method(), call.body() == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    if (call.body() != null) {
      request.setHeader("Content-Type", call.contentType());
    }
    // few wrong ones: the daemon slows down whoever guesses
    String key = mutations.nextInt(40) == 0 ? mutations.oneOf(List.of("wrong", "")) : mutations.oneOf(List.of("ka", "kr"));
    if (!key.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + key);
    }
    if (call.header() != null) {
      request.setHeader(call.header()[0], call.header()[1]);
    }
    HttpResponse<byte[]> response = daemon.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  @Test
  void bombsAreDefusedQuickly() throws Exception {
    for (String bomb : List.of("[".repeat(200_000), "{\"a\":".repeat(30_000), "{\"score\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}",
        "{\"bpm\":" + "9".repeat(200_000) + "}", "{\"bpm\":1e" + "9".repeat(1000) + "}", "\"" + "\\u0000".repeat(30_000) + "\"",
        "{" + "\"k\":1,".repeat(20_000) + "\"k\":1}")) {
      Reply reply = daemon.post("/api/v1/render", bomb, "Authorization", "Bearer kr");
      assertThat(reply.code()).isIn("INVALID_JSON", "INVALID_BODY", "BODY_TOO_LARGE");
      assertThat(reply.body()).as("the answer does not echo the bomb").hasSizeLessThan(20_000);
    }
    for (byte[] invalid : List.of(new byte[] {(byte) 0xff, (byte) 0xfe}, new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'},
        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, "{\"a\":1}".getBytes(StandardCharsets.UTF_16))) {
      HttpRequest request = HttpRequest.newBuilder(daemon.uri("/api/v1/render")).header("Content-Type", "application/json")
          .header("Authorization", "Bearer kr").POST(HttpRequest.BodyPublishers.ofByteArray(invalid)).build();
      HttpResponse<byte[]> response = daemon.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
      assertThat(new Reply(response.statusCode(), response.headers(), response.body()).code()).isEqualTo("INVALID_JSON");
    }
  }

  /** A compressed score that unpacks to two hundred megabytes. */
  @Test
  void archivesAreNotUnpackedWithoutBounds() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      zip.putNextEntry(new ZipEntry("META-INF/container.xml"));
      zip.write("<container><rootfiles><rootfile full-path=\"score.xml\"/></rootfiles></container>".getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("score.xml"));
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 200; i++) {
        zip.write(spaces);
      }
      zip.closeEntry();
    }
    String path = new RestCalls(new Mutations(0)).path("import");
    HttpRequest request = HttpRequest.newBuilder(daemon.uri(path)).header("Content-Type", "application/vnd.recordare.musicxml")
        .header("Authorization", "Bearer kr").POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())).build();
    HttpResponse<byte[]> response = daemon.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(new String(response.body(), StandardCharsets.UTF_8)).isBetween(400, 499);
    assertThat(daemon.get("/livez").status()).isEqualTo(200);
  }
}
