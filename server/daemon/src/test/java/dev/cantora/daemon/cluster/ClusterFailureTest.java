package dev.cantora.daemon.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.TestVoice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three NATS servers and three daemons as processes, of which some are killed while renders are under way: every render is
 * there in the end, once, with the bytes it always has.
 */
class ClusterFailureTest {
  private static final int RENDERS = Integer.getInteger("cantora.test.cluster.renders", 40);
  private static final int CLIENTS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LIST_BEHIND = Duration.ofSeconds(30);

  @TempDir
  Path temp;
  private NatsServers nats;
  private final NodeProcess[] nodes = new NodeProcess[3];
  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

  @BeforeEach
  void start() throws InterruptedException {
    TestVoice.install(temp.resolve("presets"), "default-voice");
    nats = NatsServers.start(temp, 3);
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node(i, NodeProcess.freePort());
    }
    for (NodeProcess node : nodes) {
      node.awaitReady(http);
    }
  }

  private NodeProcess node(int index, int port) {
    return NodeProcess.start(temp.resolve("node-" + index), port, temp.resolve("presets"), Map.of("CANTORA_CLUSTER", nats.urls(),
        "CANTORA_NODE_ID", "node-" + index, "RENDER_QUEUE_MAX_DEPTH", "64", "CANTORA_CLUSTER_ACK_WAIT_MS", "3000",
        "LOG_LEVEL", "info", "GIT_COMMIT", "0123456789abcdef"));
  }

  @AfterEach
  void stop() {
    for (NodeProcess node : nodes) {
      if (node != null) {
        node.close();
      }
    }
    nats.close();
    http.shutdownNow();
  }

  private static String body(int render) {
    // a member that nobody knows: the same bytes, but no result that is in the bank already
    String score = Bodies.notes(30, render % 4).replace("\"bpm\"", "\"take\":" + render + ",\"bpm\"");
    return Bodies.named(score, "render-" + render);
  }

  /** What a load balancer does: the next node when one refuses, is away, or dies while it answers. */
  private JsonNode save(int render, AtomicInteger refused) throws InterruptedException {
    long endNs = System.nanoTime() + PATIENCE.toNanos();
    Map<Integer, String> last = new TreeMap<>();
    for (int attempt = 0; System.nanoTime() < endNs; attempt++) {
      NodeProcess node = nodes[(render + attempt) % nodes.length];
      try {
        HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(node.uri("/api/v1/renders")).timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json").header("Idempotency-Key", "render-" + render)
            .POST(HttpRequest.BodyPublishers.ofString(body(render))).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() == 200) {
          return Json.parse(answer.body());
        }
        String refusal = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.statusCode()).as(refusal).isIn(503, 409);
        last.put(node.port(), refusal);
      } catch (IOException away) {
        last.put(node.port(), away.toString());
      }
      refused.incrementAndGet();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("render " + render + " failed: " + last);
  }

  private interface Trouble {
    void make(AtomicInteger done) throws Exception;
  }

  /** Saves all renders while something happens. @return their ids */
  private Set<String> saveAll(Trouble trouble) throws Exception {
    AtomicInteger done = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    Map<Integer, String> ids = new ConcurrentHashMap<>();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1)) {
      Future<?> troubled = clients.submit((Callable<Void>) () -> {
        trouble.make(done);
        return null;
      });
      for (int i = 0; i < RENDERS; i++) {
        int render = i;
        all.add(clients.submit((Callable<Void>) () -> {
          ids.put(render, save(render, refused).at("/meta/id").asText());
          done.incrementAndGet();
          return null;
        }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      troubled.get();
    }
    System.out.println("attempts refused or cut: " + refused);
    Set<String> stored = new HashSet<>(ids.values());
    assertThat(stored).as("ids").hasSize(RENDERS);
    return stored;
  }

  private static void awaitDone(AtomicInteger done, int count) throws InterruptedException {
    while (done.get() < count) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Every render once, on every node, with the bytes that its score always has. */
  private void assertAllThereOnce(NodeProcess node, Set<String> ids) throws Exception {
    for (String id : ids) {
      assertThat(get(node, "/api/v1/renders/" + id + "/meta").statusCode()).as("found at once: " + id).isEqualTo(200);
    }
    JsonNode list = list(node);
    // lists are copies that may be behind, the more so right after a NATS server was lost
    for (long endNs = System.nanoTime() + LIST_BEHIND.toNanos(); list.path("renders").size() < RENDERS && System.nanoTime() < endNs; ) {
      TimeUnit.MILLISECONDS.sleep(100);
      list = list(node);
    }
    Set<String> names = new HashSet<>();
    Map<Integer, String> hashes = new java.util.HashMap<>();
    for (JsonNode render : list.path("renders")) {
      assertThat(names.add(render.path("name").asText())).as("twice: " + render).isTrue();
      int number = Integer.parseInt(render.path("name").asText().substring("render-".length()));
      String known = hashes.putIfAbsent(number % 4, render.path("wavHash").asText());
      assertThat(render.path("wavHash").asText()).isEqualTo(known == null ? render.path("wavHash").asText() : known);
    }
    assertThat(names).as("renders").hasSize(RENDERS);
    assertThat(hashes).hasSize(4);
    String id = list.path("renders").get(0).path("id").asText();
    byte[] wav = get(node, "/api/v1/renders/" + id + "/audio.wav").body();
    assertThat(dev.cantora.daemon.hash.Sha256.hex(wav)).startsWith(list.path("renders").get(0).path("wavHash").asText());
  }

  private JsonNode list(NodeProcess node) throws Exception {
    return Json.parse(get(node, "/api/v1/renders").body());
  }

  private HttpResponse<byte[]> get(NodeProcess node, String path) throws Exception {
    return http.send(HttpRequest.newBuilder(node.uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void aServerThatHangsANodeAndAServerThatAreKilledLoseNothing() throws Exception {
    Set<String> ids = saveAll(done -> {
      awaitDone(done, RENDERS / 8);
      nats.pause(2);
      awaitDone(done, 3 * RENDERS / 8);
      nats.resume(2);
      awaitDone(done, RENDERS / 2);
      nodes[1].kill();
      awaitDone(done, 5 * RENDERS / 8);
      nats.kill(0);
      awaitDone(done, 7 * RENDERS / 8);
      nats.start(0);
    });
    assertAllThereOnce(nodes[0], ids);
    assertAllThereOnce(nodes[2], ids);
  }

  @Test
  void nodesRestartedOneAfterAnotherFailNoRequest() throws Exception {
    Set<String> ids = saveAll(done -> {
      for (int i = 0; i < nodes.length; i++) {
        awaitDone(done, (i + 1) * RENDERS / 5);
        int port = nodes[i].port();
        assertThat(nodes[i].terminate()).as(nodes[i].log()).isZero();
        nodes[i] = node(i, port).awaitReady(http);
      }
    });
    assertAllThereOnce(nodes[0], ids);
  }
}
