package dev.cantora.bench.hostile;

import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Clients that save and delete, what they were promised, and whether the store keeps it. */
final class Savings {
  private static final int CLIENTS = 4;
  private static final int MOST_KEPT = 40;
  private static final long PATIENCE_NS = 120_000_000_000L;
  private static final Pattern META = Pattern.compile("\"id\":\"([A-Za-z0-9_-]+)\".*?\"wavHash\":\"([0-9a-f]+)\"", Pattern.DOTALL);
  private static final Pattern SIZE = Pattern.compile("\"sizeBytes\":(\\d+)");
  private static final Pattern USED = Pattern.compile("\"usedBytes\":(\\d+)");

  private final Map<String, String> promised = new ConcurrentHashMap<>();
  private final Map<String, String> verified = new HashMap<>();
  private final List<Thread> clients = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private HttpClient http;
  private long acknowledged;
  private long lost;
  private long damaged;
  private long wrongBudgets;

  /** Starts clients that go on until the daemon is gone. */
  void save(URI daemon, long seed) {
    answers.set(0);
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(seed + i);
      HttpClient client = http;
      clients.add(Thread.ofPlatform().name("saver-" + i).start(() -> work(client, daemon, random)));
    }
  }

  private void work(HttpClient client, URI daemon, Random random) {
    try {
      while (true) {
        byte[] order = TestScore.order(0.5 + random.nextInt(4), 1 + random.nextInt(2), random.nextBoolean());
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders"))
            .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(order)).build(), BodyHandlers.ofString());
        Matcher meta = META.matcher(answer.body());
        if (answer.statusCode() == 200 && meta.find()) {
          promised.put(meta.group(1), meta.group(2));
          answers.incrementAndGet();
          if (random.nextInt(3) == 0) {
            promised.remove(meta.group(1));
            client.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders/" + meta.group(1))).DELETE().build(),
                BodyHandlers.discarding());
          }
        }
      }
    } catch (IOException killed) {
      // what this was sent for
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the daemon has acknowledged so many since the clients started. */
  void awaitAcknowledged(int count) throws InterruptedException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (answers.get() < count && System.nanoTime() < endNs) {
      Thread.sleep(1);
    }
  }

  /** The daemon is dead: whoever still waits gives up. */
  void ended() throws InterruptedException {
    for (Thread client : clients) {
      client.join();
    }
    clients.clear();
    http.shutdownNow();
  }

  /** Looks at everything that a daemon holds after its start, and keeps the store small. */
  void check(URI daemon) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String list = text(client, daemon.resolve("/api/v1/renders"));
      Map<String, String> listed = new HashMap<>();
      Matcher metas = META.matcher(list);
      while (metas.find()) {
        listed.put(metas.group(1), metas.group(2));
      }
      for (var promise : promised.entrySet()) {
        lost += promise.getValue().equals(listed.get(promise.getKey())) ? 0 : 1;
      }
      for (var render : listed.entrySet()) {
        if (!render.getValue().equals(verified.get(render.getKey()))) {
          verify(client, daemon, render.getKey(), render.getValue());
          acknowledged += promised.containsKey(render.getKey()) ? 1 : 0;
        }
      }
      wrongBudgets += sum(SIZE, list) == sum(USED, list) ? 0 : 1;
      prune(client, daemon, List.copyOf(listed.keySet()));
    }
  }

  private void verify(HttpClient client, URI daemon, String id, String hash) throws IOException, InterruptedException {
    HttpResponse<byte[]> audio = client.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders/" + id + "/audio.wav")).build(),
        BodyHandlers.ofByteArray());
    boolean whole = audio.statusCode() == 200 && sha256(audio.body()).startsWith(hash);
    for (String document : List.of("meta", "score", "telemetry", "provenance")) {
      whole &= client.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders/" + id + "/" + document)).build(),
          BodyHandlers.discarding()).statusCode() == 200;
    }
    damaged += whole ? 0 : 1;
    verified.put(id, hash);
  }

  private void prune(HttpClient client, URI daemon, List<String> ids) throws IOException, InterruptedException {
    for (String id : ids.subList(0, Math.max(0, ids.size() - MOST_KEPT))) {
      promised.remove(id);
      verified.remove(id);
      client.send(HttpRequest.newBuilder(daemon.resolve("/api/v1/renders/" + id)).DELETE().build(), BodyHandlers.discarding());
    }
  }

  private static String text(HttpClient client, URI uri) throws IOException, InterruptedException {
    return new String(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).body(), StandardCharsets.UTF_8);
  }

  private static long sum(Pattern number, String text) {
    return number.matcher(text).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Read back after a kill. */
  long acknowledged() {
    return acknowledged;
  }

  long lost() {
    return lost;
  }

  long damaged() {
    return damaged;
  }

  long wrongBudgets() {
    return wrongBudgets;
  }
}
