package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of two nodes over one NATS server: accepted here, made, followed and cancelled there. */
class ClusterJobsTest {
  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"bob\",\"key\":\"kb\"}]";
  private static final String[] ANN = {"Authorization", "Bearer ka"};
  private static final String[] BOB = {"Authorization", "Bearer kb"};

  @TempDir
  Path temp;
  private NatsServers nats;
  private TestDaemon one;
  private TestDaemon two;

  @BeforeEach
  void start() {
    nats = NatsServers.start(temp.resolve("nats"), 1);
    one = node("one");
    two = node("two");
  }

  private TestDaemon node(String id) {
    TestDaemon node = TestDaemon.start("CANTORA_CLUSTER", nats.urls(), "CANTORA_NODE_ID", id, "AUTH_KEYS", KEYS,
        "RENDER_QUEUE_MAX_DEPTH", "6", "GIT_COMMIT", "0123456789");
    TestVoice.install(node.folder().resolve("presets"), "default-voice");
    return node;
  }

  @AfterEach
  void stop() {
    two.close();
    one.close();
    nats.close();
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
  }

  private static void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(endNs);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }

  private static String state(TestDaemon node, String jobId, String[] who) {
    return node.get("/api/v1/render/jobs/" + jobId, who).json().path("state").asText();
  }

  @Test
  void aRenderOfOneNodeIsHeardListedAndDeletedOnTheOther() {
    Reply rendered = one.post("/api/v1/render", Bodies.notes(3, 1), ANN);
    assertThat(rendered.status()).isEqualTo(200);
    Reply audio = two.get("/api/v1/renders/last/audio.wav", with(ANN, "Range", "bytes=0-3"));
    assertThat(audio.status()).isEqualTo(206);
    assertThat(audio.text()).isEqualTo("RIFF");

    Reply saved = two.post("/api/v1/renders", Bodies.named(Bodies.notes(3, 2), "Aria"), ANN);
    assertThat(saved.status()).isEqualTo(200);
    String id = saved.json().at("/meta/id").asText();
    assertThat(one.get("/api/v1/renders/" + id + "/meta", ANN).json().path("name").asText()).isEqualTo("Aria");
    assertThat(one.get("/api/v1/renders/" + id + "/meta", BOB).status()).isEqualTo(403);
    assertThat(one.delete("/api/v1/renders/" + id, ANN).status()).isEqualTo(200);
    assertThat(two.get("/api/v1/renders/" + id + "/meta", ANN).status()).isEqualTo(404);
  }

  @Test
  void aJobIsFollowedAndCancelledFromAnyNode() throws Exception {
    CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
        () -> one.post("/api/v1/render", Bodies.endless(1), with(ANN, "X-Render-Job-Id", "long")), task -> Thread.ofVirtual().start(task));
    await("a node runs it", () -> state(two, "long", ANN).equals("running"));
    HttpResponse<Stream<String>> events = two.client().send(HttpRequest.newBuilder(two.uri("/api/v1/render/events?jobId=long"))
        .header("Authorization", "Bearer ka").build(), HttpResponse.BodyHandlers.ofLines());
    List<String> told = new ArrayList<>();
    Thread reader = Thread.ofVirtual().start(() -> events.body().filter(line -> line.startsWith("event:")).forEach(line -> {
      synchronized (told) {
        told.add(line);
      }
    }));
    await("progress on the other node", () -> {
      synchronized (told) {
        return told.contains("event: progress");
      }
    });
    assertThat(two.delete("/api/v1/render/jobs/long", BOB).status()).isEqualTo(403);
    Reply cancelled = two.delete("/api/v1/render/jobs/long", ANN);
    assertThat(cancelled.json().path("state").asText()).isEqualTo("running_flagged");
    assertThat(waiting.get(30, TimeUnit.SECONDS).code()).isEqualTo("RENDER_CANCELLED");
    reader.join();
    assertThat(told).endsWith("event: cancelled");
    await("its room is free", () -> one.get("/api/v1/renders", ANN).json().at("/budget/usedBytes").asLong() == 0);
  }

  @Test
  void theQueueIsBoundedAndFairForTheWholeCluster() {
    for (int i = 0; i < 6; i++) {
      Reply accepted = (i % 2 == 0 ? one : two).post("/api/v1/render", Bodies.endless(i),
          with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "ann" + i));
      assertThat(accepted.status()).isEqualTo(202);
    }
    await("both know", () -> queueDepth(one) == 6 && queueDepth(two) == 6);
    Reply full = two.post("/api/v1/render", Bodies.notes(3, 1), BOB);
    assertThat(full.code()).isEqualTo("RENDER_QUEUE_FULL");
    assertThat(full.header("Retry-After")).isNotNull();

    await("every worker is busy", () -> running("ann", 6) == 2 * Runtime.getRuntime().availableProcessors());
    String waiting = Stream.iterate(0, i -> i + 1).limit(6).map(i -> "ann" + i).filter(id -> state(one, id, ANN).equals("queued"))
        .reduce((first, second) -> second).orElseThrow();
    assertThat(two.delete("/api/v1/render/jobs/" + waiting, ANN).json().path("state").asText()).isEqualTo("queued_removed");
    Reply bobs = one.post("/api/v1/render", Bodies.notes(3, 1), with(BOB, "Prefer", "respond-async", "X-Render-Job-Id", "bob"));
    assertThat(bobs.status()).isEqualTo(202);
    String first = Stream.iterate(0, i -> i + 1).limit(6).map(i -> "ann" + i).filter(id -> state(one, id, ANN).equals("running"))
        .findFirst().orElseThrow();
    one.delete("/api/v1/render/jobs/" + first, ANN);
    await("bob is next, though ann's job was first", () -> state(one, "bob", BOB).equals("done"));
    Stream.iterate(0, i -> i + 1).limit(6).forEach(i -> one.delete("/api/v1/render/jobs/ann" + i, ANN));
    await("all are over", () -> queueDepth(one) == 0 && queueDepth(two) == 0);
  }

  private long running(String prefix, int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).filter(i -> state(one, prefix + i, ANN).equals("running")).count();
  }

  private static int queueDepth(TestDaemon node) {
    return node.get("/api/v1/health/detailed", ANN).json().at("/queue/depth").asInt();
  }

  @Test
  void aJobIdIsUniqueInTheCluster() {
    assertThat(one.post("/api/v1/render", Bodies.notes(3, 1), with(ANN, "X-Render-Job-Id", "mine")).status()).isEqualTo(200);
    assertThat(two.post("/api/v1/render", Bodies.notes(3, 1), with(ANN, "X-Render-Job-Id", "mine")).code()).isEqualTo("CONFLICT");
    JsonNode status = two.get("/api/v1/render/jobs/mine", ANN).json();
    assertThat(status.path("state").asText()).isEqualTo("done");
    assertThat(status.at("/result/durationSec").asDouble()).isPositive();
    assertThat(status.path("audioUrl").asText()).isEqualTo("/api/v1/renders/last/audio.wav");
  }

  @Test
  void aNodeThatStopsLeavesItsJobsToTheOthers() throws Exception {
    for (int i = 0; i < 6; i++) {
      one.post("/api/v1/renders", Bodies.named(Bodies.notes(30, i), "R" + i),
          with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "r" + i));
    }
    assertThat(one.server().stop(java.time.Duration.ofSeconds(20))).isTrue();
    for (int i = 0; i < 6; i++) {
      String id = "r" + i;
      await(id, () -> state(two, id, ANN).equals("done"));
    }
    assertThat(two.get("/api/v1/renders", ANN).json().path("renders")).hasSize(6);
  }

  @Test
  void aRequestSentAgainToAnotherNodeIsAnsweredFromTheFirst() {
    String body = Bodies.named(Bodies.notes(3, 1), "Once");
    Reply first = one.post("/api/v1/renders", body, with(ANN, "Idempotency-Key", "k1"));
    Reply again = two.post("/api/v1/renders", body, with(ANN, "Idempotency-Key", "k1"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(two.post("/api/v1/renders", Bodies.named(Bodies.notes(3, 2), "Other"), with(ANN, "Idempotency-Key", "k1")).code())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(two.get("/api/v1/renders", ANN).json().path("renders")).hasSize(1);
  }

  @Test
  void whatIsInTheBankIsNotMadeAgain() {
    String body = Bodies.named(Bodies.notes(30, 1), "First");
    Reply first = one.post("/api/v1/renders", body, ANN);
    assertThat(first.json().has("reused")).isFalse();
    Reply second = two.post("/api/v1/renders", Bodies.named(Bodies.notes(30, 1), "Second"), BOB);
    assertThat(second.json().path("reused").asBoolean()).isTrue();
    assertThat(second.json().at("/meta/createdBy").asText()).isEqualTo("bob");
    assertThat(second.json().at("/meta/name").asText()).isEqualTo("Second");
    assertThat(second.json().at("/meta/wavHash")).isEqualTo(first.json().at("/meta/wavHash"));
    Reply last = one.post("/api/v1/render", Bodies.notes(30, 1), BOB);
    assertThat(last.json().path("reused").asBoolean()).isTrue();
    assertThat(one.get("/api/v1/renders", BOB).json().path("renders")).hasSize(2);

    String id = first.json().at("/meta/id").asText();
    one.delete("/api/v1/renders/" + id, ANN);
    String other = second.json().at("/meta/id").asText();
    byte[] audio = two.get("/api/v1/renders/" + other + "/audio.wav", BOB).body();
    assertThat(dev.cantora.daemon.hash.Sha256.hex(audio)).startsWith(first.json().at("/meta/wavHash").asText());
    assertThat(two.post("/api/v1/renders", Bodies.named(Bodies.notes(30, 2), "Else"), ANN).json().has("reused")).isFalse();
  }

  @Test
  void aNodeWithoutAVoiceGetsItFromAnother() throws Exception {
    Path folder = temp.resolve("three");
    TestVoice.install(folder.resolve("presets"), "rare-voice");
    try (TestDaemon three = TestDaemon.startIn(folder, java.util.Map.of("CANTORA_CLUSTER", nats.urls(), "AUTH_KEYS", KEYS))) {
      await("the others know it", () -> one.get("/api/v1/presets").text().contains("rare-voice"));
    }
    String body = Bodies.notes(3, 1).replace("\"rngSeed\"", "\"presetId\":\"rare-voice\",\"rngSeed\"");
    Reply rendered = two.post("/api/v1/render", body, ANN);
    assertThat(rendered.status()).as(rendered.toString()).isEqualTo(200);
    assertThat(rendered.json().at("/provenance/presetId").asText()).isEqualTo("rare-voice");
    assertThat(one.post("/api/v1/render", body.replace("rare-voice", "no-voice"), ANN).code()).isEqualTo("PRESET_NOT_FOUND");
  }
}
