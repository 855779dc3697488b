package dev.cantora.daemon.cluster;

import static dev.cantora.daemon.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import dev.cantora.daemon.webhook.Receiver;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        "RENDER_QUEUE_MAX_DEPTH", "6", "GIT_COMMIT", "0123456789", "CANTORA_WEBHOOK_HOSTS", "127.0.0.1");
    TestVoice.install(node.folder().resolve("presets"), "default-voice");
    return node;
  }

  /** Keeps every worker of both nodes busy. @return how many jobs that takes */
  private int busy() {
    int jobs = 2 * Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < jobs; i++) {
      assertThat(one.post("/api/v1/render", Bodies.endless(i), with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "busy" + i))
          .status()).isEqualTo(202);
    }
    await("every worker is busy", () -> running("busy", jobs) == jobs);
    return jobs;
  }

  private void idle(int jobs) {
    Stream.iterate(0, i -> i + 1).limit(jobs).forEach(i -> one.delete("/api/v1/render/jobs/busy" + i, ANN));
  }

  private ClusterLink thirdNode() {
    return nats.link("third");
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
  void aJobThatNodeAfterNodeLeavesUndoneFailsInTheEndAndIsTold() throws Exception {
    int busy = busy();
    try (ClusterLink third = thirdNode(); Receiver receiver = new Receiver(0, null, 0)) {
      String webhook = ",\"webhook\":{\"url\":\"http://127.0.0.1:" + receiver.port() + "/told\",\"secret\":\"0123456789abcdef\"}}";
      String body = Bodies.notes(3, 1);
      assertThat(one.post("/api/v1/render", body.substring(0, body.length() - 1) + webhook,
          with(BOB, "Prefer", "respond-async", "X-Render-Job-Id", "deadly")).status()).isEqualTo(202);
      WorkStream stream = new WorkStream(third, 6, java.time.Duration.ofSeconds(10), Objects.open(third, "cantora-bodies"));
      WorkStream.Taker taker = stream.taker();
      for (int i = 0; i < Workers.MOST_DELIVERIES; i++) {
        WorkStream.Delivery[] taken = new WorkStream.Delivery[1];
        await("it is handed out", () -> {
          try {
            taken[0] = taker.next(WorkStream.lane("bob")).orElse(null);
            return taken[0] != null;
          } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
          }
        });
        assertThat(taken[0].jobId()).isEqualTo("deadly");
        stream.giveBack(taken[0]);
      }
      idle(busy);
      await("it is given up", () -> state(two, "deadly", BOB).equals("failed"));
      JsonNode error = two.get("/api/v1/render/jobs/deadly", BOB).json().path("error");
      assertThat(error.path("code").asText()).isEqualTo("RENDER_FAILED");
      assertThat(error.path("message").asText()).contains("5 nodes");
      Receiver.Received told = receiver.next();
      assertThat(told.json().path("jobId").asText()).isEqualTo("deadly");
      assertThat(told.json().path("state").asText()).isEqualTo("failed");
      assertThat(receiver.waiting()).as("told once").isZero();
      await("its room is free", () -> one.get("/api/v1/renders", BOB).json().at("/budget/usedBytes").asLong() == 0);
    }
  }

  @Test
  void aWebhookHearsOnceWhateverNodeMadeTheRender() throws Exception {
    try (Receiver receiver = new Receiver(0, null, 0)) {
      String webhook = ",\"webhook\":{\"url\":\"http://127.0.0.1:" + receiver.port() + "/told\",\"secret\":\"0123456789abcdef\"}}";
      for (int i = 0; i < 4; i++) {
        String body = Bodies.named(Bodies.notes(3, i), "R" + i);
        assertThat((i % 2 == 0 ? one : two).post("/api/v1/renders", body.substring(0, body.length() - 1) + webhook,
            with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "w" + i)).status()).isEqualTo(202);
      }
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        JsonNode message = receiver.next().json();
        assertThat(message.path("state").asText()).isEqualTo("done");
        told.add(message.path("jobId").asText());
      }
      assertThat(told).containsExactlyInAnyOrder("w0", "w1", "w2", "w3");
      assertThat(receiver.waiting()).isZero();
    }
  }

  @Test
  void aBodyTooLargeForAMessageIsRenderedAndLeavesNothingBehindWhenItsJobIsCancelled() {
    byte[] noise = new byte[1_300_000];
    new java.util.Random(1).nextBytes(noise);
    String large = Bodies.notes(3, 1).replace("\"bpm\"", "\"noise\":\"" + java.util.Base64.getEncoder().encodeToString(noise) + "\",\"bpm\"");
    try (ClusterLink third = thirdNode()) {
      Objects bodies = Objects.open(third, "cantora-bodies");
      int busy = busy();
      assertThat(one.post("/api/v1/render", large, with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "large")).status()).isEqualTo(202);
      assertThat(bodies.exists("large")).isTrue();
      assertThat(two.delete("/api/v1/render/jobs/large", ANN).json().path("state").asText()).isEqualTo("queued_removed");
      assertThat(bodies.exists("large")).isFalse();
      idle(busy);
      assertThat(one.post("/api/v1/render", large, with(ANN, "X-Render-Job-Id", "again")).status()).isEqualTo(200);
      await("nothing is left of it", () -> !bodies.exists("again"));
    }
  }

  @Test
  void aJobIsMadeWithTheVoiceOfTheNodeThatAcceptedIt() {
    TestVoice.install(two.folder().resolve("presets"), "split-voice", 400);
    TestVoice.install(one.folder().resolve("presets"), "split-voice", 800);
    String twos = rendered(two, 0).at("/provenance/presetHash").asText();
    String[] ones = new String[6];
    for (int i = 0; i < ones.length; i++) {
      one.post("/api/v1/renders", split(i + 1), with(ANN, "Prefer", "respond-async", "X-Render-Job-Id", "v" + i));
    }
    for (int i = 0; i < ones.length; i++) {
      String id = "v" + i;
      await(id, () -> state(two, id, ANN).equals("done"));
      ones[i] = two.get("/api/v1/render/jobs/" + id, ANN).json().at("/result/provenance/presetHash").asText();
    }
    assertThat(ones).as("whichever node made it").containsOnly(ones[0]).doesNotContain(twos, "");
  }

  private JsonNode rendered(TestDaemon node, int seed) {
    return node.post("/api/v1/render", split(seed), ANN).json();
  }

  private static String split(int seed) {
    return Bodies.notes(30, seed).replace("\"rngSeed\"", "\"presetId\":\"split-voice\",\"rngSeed\"");
  }

  @Test
  void pronunciationsAreTheSameOnEveryNode() {
    assertThat(one.send("PUT", "/api/v1/dictionary/en/Cantora", "{\"phonemes\":[\"K\",\"AA\"]}", ANN).status()).isEqualTo(200);
    assertThat(two.send("PUT", "/api/v1/dictionary/en/Gralsritter", "{\"phonemes\":[\"G\",\"AA\"]}", ANN).status()).isEqualTo(200);
    for (TestDaemon node : List.of(one, two)) {
      await("both words", () -> {
        String words = node.get("/api/v1/dictionary", ANN).text().toLowerCase(java.util.Locale.ROOT);
        return words.contains("cantora") && words.contains("gralsritter");
      });
      assertThat(node.get("/api/v1/dictionary", BOB).text().toLowerCase(java.util.Locale.ROOT)).doesNotContain("gralsritter");
    }
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
