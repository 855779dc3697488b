package dev.cantora.bench.hostile;

import dev.cantora.bench.TestScore;
import dev.cantora.fuzz.RawPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A few clients who do by turns what clients do. What they are answered is counted and judged. */
final class MixedLoad implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final int PAUSE_MS = 20;
  private static final Pattern ID = Pattern.compile("\"id\":\"([A-Za-z0-9_-]{10,64})\"");
  private static final byte[] WORDS = ("{\"text\":\"amazing grace how sweet the sound\","
      + "\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60}]}").getBytes(StandardCharsets.UTF_8);
  private static final byte[] SHORT = TestScore.order(2, 2, true);
  private static final byte[] LONG = TestScore.order(20, 4, true);

  /** One thing that a client does. */
  @FunctionalInterface
  private interface Errand {
    void run() throws IOException, InterruptedException;
  }

  private final URI daemon;
  private final HttpClient http;
  private final Answers answers;
  private final long seed;
  private int round;

  MixedLoad(URI daemon, HttpClient http, Answers answers, long seed) {
    this.daemon = daemon;
    this.http = http;
    this.answers = answers;
    this.seed = seed;
  }

  /** Runs all clients for so long, and returns when each has finished what it was at. */
  void run(long forNs) throws InterruptedException {
    long endNs = System.nanoTime() + forNs;
    Thread[] clients = new Thread[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      Client client = new Client(seed + 100L * round++);
      clients[i] = Thread.ofPlatform().name("client-" + i).start(() -> client.run(endNs));
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private final class Client {
    private final Random random;
    private final SocketAssault vandal;
    private final HttpAssault nuisance;
    private final List<Errand> errands = List.of(this::saveReadAndDelete, this::stream, this::leaveWhileRendering, this::speak, this::list,
        this::follow, this::liveTake, this::jam, this::nonsense);

    Client(long seed) {
      random = new Random(seed);
      vandal = new SocketAssault(daemon.getPort(), answers, seed);
      nuisance = new HttpAssault(daemon, http, answers, seed);
    }

    void run(long endNs) {
      while (System.nanoTime() < endNs) {
        try {
          errands.get(random.nextInt(errands.size())).run();
          TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (IOException | InterruptedException | RuntimeException failed) {
          answers.offence("a client's errand failed: " + failed);
        }
      }
    }

    private void saveReadAndDelete() throws IOException, InterruptedException {
      Matcher id = ID.matcher(text(post("/api/v1/renders", SHORT)));
      if (!id.find()) {
        return;
      }
      String render = "/api/v1/renders/" + id.group(1);
      text(request(render + "/audio.wav").header("Range", "bytes=44-" + (44 + random.nextInt(100_000))));
      text(request(render + "/telemetry"));
      text(request(render).method("PATCH", BodyPublishers.ofString("{\"pinned\":" + random.nextBoolean() + "}"))
          .header("Content-Type", "application/json"));
      text(request(render).DELETE());
    }

    private void stream() throws IOException, InterruptedException {
      HttpResponse<InputStream> response = http.send(post("/api/v1/render/stream", SHORT).build(), BodyHandlers.ofInputStream());
      try (InputStream audio = response.body()) {
        answers.count("HTTP " + response.statusCode());
        // half of them hang up in the middle
        audio.readNBytes(random.nextBoolean() ? Integer.MAX_VALUE : 50_000);
      }
    }

    /** Sends an order and hangs up; the daemon cancels it. */
    private void leaveWhileRendering() throws IOException, InterruptedException {
      var answer = http.sendAsync(post("/api/v1/render", LONG).build(), BodyHandlers.discarding());
      TimeUnit.MILLISECONDS.sleep(random.nextInt(60));
      answer.cancel(true);
      answers.count("hung up");
    }

    private void speak() throws IOException, InterruptedException {
      text(post("/api/v1/phonemize", WORDS));
    }

    private void list() throws IOException, InterruptedException {
      for (String path : List.of("/api/v1/renders", "/api/v1/presets", "/api/v1/health/detailed", "/api/v1/metrics", "/readyz")) {
        text(request(path));
      }
    }

    /** A job in the background, followed to its end. */
    private void follow() throws IOException, InterruptedException {
      String job = "soak-" + Long.toHexString(random.nextLong());
      text(post("/api/v1/renders", SHORT).header("Prefer", "respond-async").header("X-Render-Job-Id", job));
      text(request("/api/v1/render/events?jobId=" + job));
    }

    private void liveTake() throws IOException, InterruptedException {
      converse("/ws", "{\"type\":\"hello\",\"protocolVersion\":1}", "{\"type\":\"record_start\"}",
          "{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.8,\"lyric\":\"la\"}", "{\"type\":\"note_off\",\"noteId\":\"a\"}",
          "{\"type\":\"record_stop\",\"name\":\"soak\"}");
    }

    private void jam() throws IOException, InterruptedException {
      converse("/ws/jam", "{\"type\":\"jam_hello\",\"protocolVersion\":1}", "{\"type\":\"session_create\"}",
          "{\"type\":\"track_add\",\"presetId\":\"default-voice\"}", "{\"type\":\"record_start\"}", "{\"type\":\"transport_play\"}",
          "{\"type\":\"track_note_on\",\"trackId\":\"track-1\",\"noteId\":\"a\",\"midi\":55,\"velocity\":0.8}",
          "{\"type\":\"record_stop\"}", "{\"type\":\"record_export\"}", "{\"type\":\"session_leave\"}");
    }

    private void converse(String path, String... messages) throws IOException, InterruptedException {
      try (RawPeer peer = RawPeer.connected(daemon.getPort(), path)) {
        Thread ear = Thread.startVirtualThread(() -> hear(peer));
        for (String message : messages) {
          peer.text(message);
          TimeUnit.MILLISECONDS.sleep(random.nextInt(150));
        }
        peer.close(1000);
        ear.join();
      }
    }

    private void hear(RawPeer peer) {
      try {
        for (RawPeer.Frame frame = peer.next(); frame != null && frame.opCode() != 8; frame = peer.next()) {
          if (frame.opCode() == 1) {
            answers.text(frame.text());
          }
        }
      } catch (IOException gone) {
        answers.offence("a socket that was used well broke: " + gone);
      }
    }

    private void nonsense() throws IOException, InterruptedException {
      switch (random.nextInt(4)) {
        case 0 -> vandal.talk(50);
        case 1 -> vandal.frames(5);
        case 2 -> nuisance.head();
        default -> nuisance.call();
      }
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(daemon.resolve(path));
    }

    private HttpRequest.Builder post(String path, byte[] body) {
      return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }

    private String text(HttpRequest.Builder request) throws IOException, InterruptedException {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      String text = response.body().length > 100_000 ? "" : new String(response.body(), StandardCharsets.UTF_8);
      answers.http(response.statusCode(), text);
      return text;
    }
  }
}
