package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.shelf.Shelf;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous renders, idempotency, pages, batches and the capability document. */
class RestConventionsTest {
  private static TestDaemon daemon;

  @BeforeAll
  static void start() {
    daemon = TestDaemon.start("AUTH_KEYS", "[{\"id\":\"root\",\"key\":\"root-key\",\"admin\":true},"
        + "{\"id\":\"ann\",\"key\":\"ann-key\"},{\"id\":\"bob\",\"key\":\"bob-key\"},{\"id\":\"cy\",\"key\":\"cy-key\"}]",
        "RENDER_QUEUE_MAX_DEPTH", "100");
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  private static String[] as(String who, String... more) {
    List<String> headers = new ArrayList<>(List.of("Authorization", "Bearer " + who + "-key"));
    headers.addAll(List.of(more));
    return headers.toArray(String[]::new);
  }

  private static JsonNode awaitEnd(String jobUrl, String who) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (System.nanoTime() < end) {
      JsonNode status = daemon.get(jobUrl, as(who)).json();
      if (!List.of("queued", "running").contains(status.path("state").asText())) {
        return status;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the job does not end");
  }

  @Test
  void anAsynchronousRenderIsAcceptedAndFollowedToItsEnd() throws Exception {
    Reply accepted = daemon.post("/api/v1/renders", "{\"name\":\"Later\"," + Scores.small().substring(1),
        as("ann", "Prefer", "return=minimal, respond-async; wait=0"));
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
    assertThat(accepted.header("Location")).isEqualTo(accepted.json().path("jobUrl").asText());
    JsonNode status = awaitEnd(accepted.header("Location"), "ann");
    assertThat(status.path("state").asText()).isEqualTo("done");
    assertThat(status.at("/meta/name").asText()).isEqualTo("Later");
    assertThat(status.at("/result/durationSec").asDouble()).isGreaterThan(1);
    assertThat(daemon.get(status.path("audioUrl").asText(), as("ann")).status()).isEqualTo(200);
    assertThat(daemon.get(status.path("eventsUrl").asText(), as("ann")).text()).contains("event: done");
    assertThat(daemon.get(accepted.header("Location"), as("bob")).code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.get("/api/v1/render/jobs/nobody", as("ann")).code()).isEqualTo("JOB_NOT_FOUND");
  }

  @Test
  void aCancelledAsynchronousJobSaysSo() throws Exception {
    Reply accepted = daemon.post("/api/v1/render", Scores.long_(), as("bob", "Prefer", "respond-async"));
    String url = accepted.json().path("jobUrl").asText();
    assertThat(daemon.delete(url, as("bob")).status()).isEqualTo(200);
    assertThat(awaitEnd(url, "bob").path("state").asText()).isEqualTo("cancelled");
  }

  @Test
  void aRepeatedKeyDoesNothingTwice() {
    String body = "{\"name\":\"Once\"," + Scores.small().substring(1);
    Reply first = daemon.post("/api/v1/renders", body, as("cy", "Idempotency-Key", "k-1"));
    Reply again = daemon.post("/api/v1/renders", body, as("cy", "Idempotency-Key", "k-1"));
    assertThat(first.header("Idempotency-Replayed")).isNull();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("X-Render-Job-Id")).isEqualTo(first.header("X-Render-Job-Id"));
    assertThat(daemon.get("/api/v1/renders?q=once", as("cy")).json().path("renders")).hasSize(1);
    assertThat(daemon.post("/api/v1/renders", body, as("cy", "Idempotency-Key", "k-2")).text()).isNotEqualTo(first.text());
    assertThat(daemon.post("/api/v1/renders", body, as("bob", "Idempotency-Key", "k-1")).header("Idempotency-Replayed"))
        .as("another principal's key").isNull();
    Reply wrong = daemon.post("/api/v1/renders", "{\"score\":{\"bpm\":90,\"notes\":[]},\"config\":{\"presetId\":\"nobody\"}}",
        as("cy", "Idempotency-Key", "k-3"));
    assertThat(wrong.code()).isEqualTo("PRESET_NOT_FOUND");
    assertThat(daemon.post("/api/v1/renders", body, as("cy", "Idempotency-Key", "k-3")).status()).as("errors are not kept").isEqualTo(200);
    assertThat(daemon.post("/api/v1/renders", body, as("cy", "Idempotency-Key", "with space")).json().at("/issues/0/path").asText())
        .isEqualTo("Idempotency-Key");
  }

  @Test
  void aRepeatedKeyDoesNothingTwiceAlsoAfterARestart(@TempDir Path folder) throws Exception {
    TestVoice.install(folder.resolve("presets"), "default-voice");
    String body = "{\"name\":\"Once\"," + Scores.small().substring(1);
    Reply first;
    try (TestDaemon before = TestDaemon.startIn(folder, Map.of())) {
      first = before.post("/api/v1/renders", body, "Idempotency-Key", "k-1");
      assertThat(first.status()).isEqualTo(200);
    }
    Shelf kept = new Shelf(folder.resolve("renders/.idempotency"));
    kept.put("damaged", "{\"name\":".getBytes(StandardCharsets.UTF_8));
    try (TestDaemon after = TestDaemon.startIn(folder, Map.of())) {
      Reply again = after.post("/api/v1/renders", body, "Idempotency-Key", "k-1");
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.header("X-Render-Job-Id")).isEqualTo(first.header("X-Render-Job-Id"));
      assertThat(after.get("/api/v1/renders?q=once").json().path("renders")).hasSize(1);
      assertThat(after.post("/api/v1/renders", Scores.body(Scores.score(Scores.notes(1))), "Idempotency-Key", "k-1").code())
          .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }
    assertThat(kept.all()).as("the damaged one is gone").hasSize(1);
    String old = new String(kept.all().getFirst().content(), StandardCharsets.UTF_8).replaceFirst("\"sinceMs\":\\d+", "\"sinceMs\":1");
    kept.put(kept.all().getFirst().name(), old.getBytes(StandardCharsets.UTF_8));
    try (TestDaemon after = TestDaemon.startIn(folder, Map.of())) {
      assertThat(after.post("/api/v1/renders", body, "Idempotency-Key", "k-1").header("Idempotency-Replayed")).as("a day later").isNull();
    }
  }

  @Test
  @Provokes({ErrorCode.IDEMPOTENCY_KEY_REUSED, ErrorCode.IDEMPOTENCY_KEY_IN_USE})
  void aKeyOfAnotherRequestIsRefused() throws Exception {
    daemon.post("/api/v1/renders", Scores.small(), as("bob", "Idempotency-Key", "mine"));
    ErrorProof.check(daemon, daemon.post("/api/v1/renders", Scores.body(Scores.score(Scores.notes(1))), as("bob", "Idempotency-Key", "mine")),
        ErrorCode.IDEMPOTENCY_KEY_REUSED);
    CompletableFuture<Reply> slow = CompletableFuture.supplyAsync(() ->
        daemon.post("/api/v1/render", Scores.long_(), as("bob", "Idempotency-Key", "slow", "X-Render-Job-Id", "slow-job")));
    while (daemon.get("/api/v1/render/jobs/slow-job", as("bob")).status() != 200) {
      Thread.sleep(10);
    }
    ErrorProof.check(daemon, daemon.post("/api/v1/render", Scores.long_(), as("bob", "Idempotency-Key", "slow")), ErrorCode.IDEMPOTENCY_KEY_IN_USE);
    daemon.delete("/api/v1/render/jobs/slow-job", as("bob"));
    assertThat(slow.get().code()).isEqualTo("RENDER_CANCELLED");
  }

  @Test
  @Provokes(ErrorCode.INVALID_QUERY)
  void theListComesInPagesThatNeitherSkipNorRepeat() {
    List<String> made = new ArrayList<>();
    for (String name : new String[] {"delta", "Alpha", "charlie", "bravo", "echo"}) {
      made.add(daemon.post("/api/v1/renders", "{\"name\":\"" + name + "\"," + Scores.body(Scores.score("[]")).substring(1), as("ann"))
          .json().at("/meta/id").asText());
    }
    assertThat(daemon.get("/api/v1/renders", as("ann")).json().has("total")).as("as version 1 knows it").isFalse();
    List<String> names = new ArrayList<>();
    String cursor = "";
    boolean deleted = false;
    do {
      JsonNode page = daemon.get("/api/v1/renders?createdBy=ann&preset=default-voice&sort=name&limit=2"
          + (cursor.isEmpty() ? "" : "&cursor=" + cursor), as("ann")).json();
      page.path("renders").forEach(render -> names.add(render.path("name").asText()));
      cursor = page.path("nextCursor").asText();
      if (!deleted) {
        deleted = true;
        assertThat(daemon.delete("/api/v1/renders/" + made.get(3), as("ann")).status()).as("the render the cursor stands on").isEqualTo(200);
      }
    } while (!cursor.isEmpty());
    assertThat(names).containsSubsequence("Alpha", "bravo", "charlie", "delta", "echo").doesNotHaveDuplicates();
    daemon.patch("/api/v1/renders/" + made.get(0), "{\"pinned\":true}", as("ann"));
    assertThat(daemon.get("/api/v1/renders?pinned=true", as("ann")).json().path("renders").findValuesAsText("name")).containsExactly("delta");
    assertThat(daemon.get("/api/v1/renders?q=CHAR&sort=-createdAt", as("ann")).json().path("renders").findValuesAsText("name")).containsExactly("charlie");
    JsonNode usual = daemon.get("/api/v1/renders?limit=1", as("ann")).json();
    assertThat(usual.path("total").asInt()).isGreaterThanOrEqualTo(4);
    for (String wrong : new String[] {"limit=0", "limit=x", "limit=501", "sort=size", "pinned=maybe", "cursor=%21", "cursor=e30",
        "sort=name&cursor=" + URLEncoder.encode(usual.path("nextCursor").asText(), StandardCharsets.UTF_8)}) {
      ErrorProof.check(daemon, daemon.get("/api/v1/renders?" + wrong, as("ann")), ErrorCode.INVALID_QUERY);
    }
  }

  @Test
  void aBatchMakesAJobOfEveryGoodScore() throws Exception {
    String good = "{\"name\":\"B\",\"score\":" + Scores.score(Scores.notes(1)) + ",\"config\":{}}";
    String bad = "{\"score\":{\"bpm\":1000,\"notes\":[]},\"config\":{}}";
    String unknown = "{\"score\":{\"bpm\":100,\"notes\":[]},\"config\":{\"presetId\":\"nobody\"}}";
    Reply reply = daemon.post("/api/v1/renders/batch", "{\"renders\":[" + good + "," + bad + "," + good + "," + unknown + "]}", as("ann"));
    assertThat(reply.status()).isEqualTo(202);
    JsonNode items = reply.json().path("items");
    assertThat(reply.json().path("accepted").asInt()).isEqualTo(2);
    assertThat(items.at("/1/error/code").asText()).isEqualTo("INVALID_BODY");
    assertThat(items.at("/3/error/code").asText()).isEqualTo("PRESET_NOT_FOUND");
    for (int i : new int[] {0, 2}) {
      assertThat(awaitEnd(items.get(i).path("jobUrl").asText(), "ann").path("state").asText()).isEqualTo("done");
    }
    assertThat(daemon.post("/api/v1/renders/batch", "{\"renders\":[]}", as("ann")).code()).isEqualTo("INVALID_BODY");
  }

  @Test
  void theCapabilityDocumentSaysWhatIsSo() {
    JsonNode can = daemon.get("/api/v1/capabilities").json();
    assertThat(can.path("voices")).extracting(JsonNode::asText).containsExactly("default-voice");
    assertThat(can.path("languages")).extracting(JsonNode::asText).contains("en", "ja", "de");
    assertThat(can.at("/limits/queueDepth").asInt()).isEqualTo(100);
    assertThat(can.at("/protocols/score/0").asText()).isEqualTo("1.0.0");
    assertThat(can.path("features")).extracting(JsonNode::asText).contains("respond-async", "idempotency-key");
  }
}
