package dev.cantora.daemon.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.testing.ErrorProof;
import dev.cantora.daemon.testing.Provokes;
import dev.cantora.daemon.testing.Reply;
import dev.cantora.daemon.testing.TestDaemon;
import dev.cantora.daemon.testing.TestVoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs in the queue: followed, cancelled in every way, refused, kept apart by their owners. */
class RenderJobsHttpTest {
  private static final String KEYS = "[{\"id\":\"ann\",\"key\":\"ka\"},{\"id\":\"bob\",\"key\":\"kb\"},{\"id\":\"root\",\"key\":\"kr\",\"admin\":true}]";
  private static final String[] ANN = {"Authorization", "Bearer ka"};
  private static final String[] BOB = {"Authorization", "Bearer kb"};
  private static final String[] ROOT = {"Authorization", "Bearer kr"};

  private TestDaemon daemon;

  private void start(String... environment) {
    daemon = TestDaemon.start(environment);
    TestVoice.install(daemon.folder().resolve("presets"), "default-voice");
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
  }

  /** A render that takes a while, waited for on another thread. */
  private CompletableFuture<Reply> longRender(String jobId, String... headers) {
    return CompletableFuture.supplyAsync(() -> daemon.post("/api/v1/render", Scores.long_(), with(headers, "X-Render-Job-Id", jobId)),
        task -> Thread.ofVirtual().start(task));
  }

  private void awaitStarted(String jobId) {
    daemon.log().await("render_job_started", event -> event.path("jobId").asText().equals(jobId));
  }

  private void awaitCancelled(String jobId) {
    daemon.log().await("render_job_cancelled", event -> event.path("jobId").asText().equals(jobId));
  }

  private void assertNothingLeftBehind() throws IOException {
    try (Stream<Path> children = Files.list(daemon.folder().resolve("renders"))) {
      assertThat(children.map(child -> child.getFileName().toString()).filter(name -> !name.startsWith(".lock")
          && !name.startsWith(".metas"))).isEmpty();
    }
    assertThat(daemon.get("/api/v1/renders", ROOT).json().at("/budget/usedBytes").asLong()).isZero();
  }

  @Test
  @Provokes({ErrorCode.RENDER_CANCELLED, ErrorCode.JOB_NOT_FOUND})
  void aRunningJobIsCancelledByEitherVerbAndItsRequestSaysSo() throws Exception {
    start();
    for (String verb : List.of("DELETE", "POST")) {
      String job = "job-" + verb;
      CompletableFuture<Reply> render = longRender(job);
      awaitStarted(job);
      Reply cancel = verb.equals("DELETE") ? daemon.delete("/api/v1/render/jobs/" + job)
          : daemon.send("POST", "/api/v1/render/jobs/" + job + "/cancel", null);
      assertThat(cancel.json().path("state").asText()).isEqualTo("running_flagged");
      ErrorProof.check(daemon, render.get(30, TimeUnit.SECONDS), ErrorCode.RENDER_CANCELLED);
      assertThat(daemon.get("/api/v1/render/events?jobId=" + job).text()).contains("event: cancelled");
      ErrorProof.check(daemon, daemon.delete("/api/v1/render/jobs/" + job), ErrorCode.JOB_NOT_FOUND);
    }
    assertNothingLeftBehind();
  }

  @Test
  void aClientThatLeavesCancelsItsJob() throws Exception {
    start();
    byte[] body = Scores.long_().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", daemon.port())) {
      socket.getOutputStream().write(("POST /api/v1/render HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "X-Render-Job-Id: leaver\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      awaitStarted("leaver");
    }
    awaitCancelled("leaver");
    assertNothingLeftBehind();
  }

  @Test
  void aConnectionGoesOnAfterARenderWithPipelinedRequests() throws Exception {
    start();
    byte[] body = Scores.small().getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket("127.0.0.1", daemon.port())) {
      String head = "POST /api/v1/render HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
      String requests = (head + new String(body, StandardCharsets.UTF_8)).repeat(3) + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(30_000);
      StringBuilder answers = new StringBuilder();
      while (!answers.toString().endsWith("\r\n\r\nok")) {
        int next = socket.getInputStream().read();
        assertThat(next).as("the answers so far: %s", answers).isNotNegative();
        answers.append((char) next);
      }
      assertThat(answers.toString().split("HTTP/1.1 200", -1)).hasSize(5);
    }
  }

  @Test
  void progressOfOnesOwnRunningJobIsSeenLive() throws Exception {
    start();
    try (InputStream stream = events("/api/v1/render/events?jobId=live-1")) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      assertThat(lines.readLine()).startsWith(": queue depth 0");
      daemon.post("/api/v1/render", Scores.body(Scores.score(Scores.notes(60))), "X-Render-Job-Id", "live-1");
      List<String> types = new ArrayList<>();
      JsonNode last = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          types.add(line.substring(7));
        } else if (line.startsWith("data: ")) {
          JsonNode data = Json.parse(line.substring(6));
          assertThat(data.path("jobId").asText()).isEqualTo("live-1");
          assertThat(data.path("type").asText()).isEqualTo(types.getLast());
          if (types.getLast().equals("progress")) {
            last = data;
          }
        }
      }
      assertThat(types).startsWith("queued", "started").endsWith("progress", "done");
      assertThat(last.at("/progress/fraction").asDouble()).isEqualTo(1);
    }
  }

  private InputStream events(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(daemon.uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return daemon.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  @Test
  void principalsSeeAndCancelOnlyTheirOwn() throws Exception {
    start("AUTH_KEYS", KEYS);
    String annsId = daemon.post("/api/v1/renders", Scores.small(), ANN).json().at("/meta/id").asText();
    daemon.post("/api/v1/render", Scores.body(Scores.score(Scores.notes(1))), ANN);
    daemon.post("/api/v1/render", Scores.body(Scores.score(Scores.notes(2))), BOB);

    assertThat(daemon.get("/api/v1/renders/last/score", ANN).json().path("notes")).hasSize(1);
    assertThat(daemon.get("/api/v1/renders/last/score", BOB).json().path("notes")).hasSize(2);
    assertThat(daemon.get("/api/v1/renders/last/score", ROOT).code()).isEqualTo("NOT_FOUND");
    assertThat(daemon.get("/api/v1/renders", ANN).json().path("renders").findValuesAsText("id")).containsExactly("last", annsId);
    assertThat(daemon.get("/api/v1/renders", BOB).json().path("renders").findValuesAsText("id")).containsExactly("last");
    assertThat(daemon.get("/api/v1/renders", ROOT).json().path("renders").findValuesAsText("id")).containsExactly(annsId);
    String annsRender = "/api/v1/renders/" + annsId;
    for (String part : List.of("/audio.wav", "/meta", "/score", "/telemetry", "/provenance")) {
      assertThat(daemon.get(annsRender + part, BOB).code()).isEqualTo("FORBIDDEN");
      assertThat(daemon.get(annsRender + part, ROOT).status()).isEqualTo(200);
      assertThat(daemon.get(annsRender + part).code()).isEqualTo("UNAUTHORIZED");
    }
    assertThat(daemon.patch(annsRender, "{\"pinned\":true}", BOB).code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.delete(annsRender, BOB).code()).isEqualTo("FORBIDDEN");
    String bobs = daemon.post("/api/v1/renders/promote-last", "{}", BOB).json().at("/meta/createdBy").asText();
    assertThat(bobs).isEqualTo("bob");

    InputStream bobsEvents = events("/api/v1/render/events", BOB);
    CompletableFuture<Reply> render = longRender("anns-job", ANN);
    awaitStarted("anns-job");
    assertThat(daemon.delete("/api/v1/render/jobs/anns-job", BOB).code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.get("/api/v1/render/events?jobId=anns-job", BOB).code()).isEqualTo("FORBIDDEN");
    assertThat(daemon.delete("/api/v1/render/jobs/anns-job", ROOT).status()).isEqualTo(200);
    assertThat(render.get(30, TimeUnit.SECONDS).code()).isEqualTo("RENDER_CANCELLED");
    daemon.post("/api/v1/render", Scores.small(), with(BOB, "X-Render-Job-Id", "bobs-job"));
    BufferedReader lines = new BufferedReader(new InputStreamReader(bobsEvents, StandardCharsets.UTF_8));
    StringBuilder seen = new StringBuilder();
    for (String line = lines.readLine(); !line.startsWith("event: done"); line = lines.readLine()) {
      seen.append(line).append('\n');
    }
    assertThat(seen.toString()).contains("bobs-job").doesNotContain("anns-job");
    bobsEvents.close();
  }

  @Test
  void aFullQueueRefusesAndAWaitingJobCanBeTakenOut() throws Exception {
    start("RENDER_QUEUE_MAX_DEPTH", "64");
    int cores = Runtime.getRuntime().availableProcessors();
    List<CompletableFuture<Reply>> running = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      running.add(longRender("busy-" + i));
      awaitStarted("busy-" + i);
    }
    CompletableFuture<Reply> waiting = longRender("waiting");
    InputStream stream = events("/api/v1/render/events?jobId=waiting");
    BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (!line.startsWith("data: ")) {
      line = lines.readLine();
    }
    assertThat(Json.parse(line.substring(6)).path("position").asInt()).isEqualTo(1);
    assertThat(daemon.delete("/api/v1/render/jobs/waiting").json().path("state").asText()).isEqualTo("queued_removed");
    assertThat(waiting.get(30, TimeUnit.SECONDS).code()).isEqualTo("RENDER_CANCELLED");
    stream.close();
    for (int i = 0; i < cores; i++) {
      daemon.delete("/api/v1/render/jobs/busy-" + i);
    }
    for (CompletableFuture<Reply> each : running) {
      assertThat(each.get(30, TimeUnit.SECONDS).status()).isEqualTo(499);
    }
  }

  @Test
  @Provokes(ErrorCode.RENDER_QUEUE_FULL)
  void beyondItsDepthTheQueueRefuses() throws Exception {
    start("RENDER_QUEUE_MAX_DEPTH", "1");
    CompletableFuture<Reply> running = longRender("only");
    awaitStarted("only");
    Reply refused = daemon.post("/api/v1/render", Scores.small());
    ErrorProof.check(daemon, refused, ErrorCode.RENDER_QUEUE_FULL);
    assertThat(refused.json().at("/details/queueDepth").asInt()).isEqualTo(1);
    daemon.delete("/api/v1/render/jobs/only");
    assertThat(running.get(30, TimeUnit.SECONDS).status()).isEqualTo(499);
  }

  @Test
  @Provokes({ErrorCode.RENDER_TOO_LARGE, ErrorCode.RENDER_STORE_FULL})
  void budgetsAreEnforcedBeforeAnythingIsRendered() throws Exception {
    start("RENDER_PER_BUDGET_MB", "1", "RENDER_STORE_BUDGET_MB", "1");
    Reply large = daemon.post("/api/v1/renders", Scores.body(Scores.score(Scores.notes(30))));
    ErrorProof.check(daemon, large, ErrorCode.RENDER_TOO_LARGE);
    assertThat(large.json().at("/details/renderBytes").asLong()).isGreaterThan(1 << 20);
    assertThat(large.json().at("/details/perRenderBudgetBytes").asLong()).isEqualTo(1 << 20);
    String half = Scores.body(Scores.score(Scores.notes(13)));
    assertThat(daemon.post("/api/v1/renders", half).status()).isEqualTo(200);
    Reply full = daemon.post("/api/v1/renders", half);
    ErrorProof.check(daemon, full, ErrorCode.RENDER_STORE_FULL);
    assertThat(full.json().at("/details/storeBudgetBytes").asLong()).isEqualTo(1 << 20);
    daemon.log().await("render_store_high_utilization", event -> event.path("utilization").asInt() >= 80);
  }

  @Test
  void shutdownLetsRunningJobsFinishOrCancelsThemAndRefusesTheRest() throws Exception {
    start();
    CompletableFuture<Reply> running = longRender("running");
    awaitStarted("running");
    CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(
        () -> daemon.server().lifecycle().drain(Duration.ofMillis(50)), task -> Thread.ofVirtual().start(task));
    daemon.log().await("shutdown_started", event -> true);
    assertThat(daemon.post("/api/v1/render", Scores.small()).code()).isEqualTo("SERVER_SHUTDOWN");
    assertThat(running.get(30, TimeUnit.SECONDS).code()).isEqualTo("RENDER_CANCELLED");
    assertThat(drained.get(30, TimeUnit.SECONDS)).isFalse();
  }
}
