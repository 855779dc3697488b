package dev.cantora.daemon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.live.LivePeer;
import dev.cantora.daemon.testing.TestVoice;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that all recipes start, built and run; and the recipes themselves, as far as they can be checked without it. */
class DeliveryTest {
  private static final Path DELIVERY = Path.of("delivery");

  @TempDir
  static Path temp;
  private static Path image;

  @BeforeAll
  static void build() throws Exception {
    image = temp.resolve("cantora");
    TestVoice.install(temp.resolve("voices"), "default-voice");
    List<String> tests = List.of("test-classes", "junit", "jqwik", "archunit", "assertj");
    String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> tests.stream().noneMatch(entry::contains)).collect(Collectors.joining(":"));
    ProcessBuilder script = new ProcessBuilder(DELIVERY.resolve("image.sh").toString(), image.toString(), classPath,
        temp.resolve("voices").toString()).redirectErrorStream(true);
    script.environment().putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "JLINK_COMPRESS", "zip-0"));
    Process running = script.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor()).as(said).isZero();
  }

  /** A daemon of the image, in an environment of its own. */
  private static Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder daemon = new ProcessBuilder(image.resolve("bin/cantora-daemon").toString());
    daemon.environment().clear();
    daemon.environment().putAll(Map.of("PATH", System.getenv("PATH"), "PORT", "0", "JAVA_OPTS", "-XX:TieredStopAtLevel=1",
        "RENDER_STORE_DIR", temp.resolve("renders").toString()));
    daemon.environment().putAll(environment);
    return daemon.start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static JsonNode await(BufferedReader lines, String msg) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode event = Json.parse(line);
      if (event.path("msg").asText().equals(msg)) {
        return event;
      }
    }
    throw new AssertionError("the daemon ended without " + msg);
  }

  @Test
  void theImageSingsWithItsOwnRuntimeAndEndsCleanlyOnSigterm() throws Exception {
    Process daemon = start(Map.of());
    try (BufferedReader lines = lines(daemon); HttpClient client = HttpClient.newHttpClient()) {
      String root = "http://127.0.0.1:" + await(lines, "server_listening").path("port").asInt();
      assertThat(daemon.info().command().orElseThrow()).startsWith(image.toRealPath().toString());
      while (client.send(HttpRequest.newBuilder(URI.create(root + "/readyz")).build(),
          HttpResponse.BodyHandlers.ofString()).statusCode() != 200) {
        Thread.sleep(50);
      }
      HttpResponse<String> rendered = client.send(HttpRequest.newBuilder(URI.create(root + "/api/v1/render"))
          .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(
              "{\"score\":{\"bpm\":90,\"notes\":[{\"id\":\"a\",\"startSec\":0,\"durationSec\":0.5,\"midi\":60}],"
                  + "\"lyrics\":{\"text\":\"la\"}},\"config\":{}}")).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(rendered.statusCode()).as(rendered.body()).isEqualTo(200);
      daemon.toHandle().destroy();
      assertThat(await(lines, "shutdown_complete").path("clean").asBoolean()).isTrue();
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.exitValue()).isZero();
    } finally {
      daemon.destroyForcibly();
    }
  }

  @Test
  void sigtermLetsARunningRenderFinishStoresTheRecordingAndSaysGoodbye() throws Exception {
    Path renders = temp.resolve("drained");
    Process daemon = start(Map.of("RENDER_STORE_DIR", renders.toString()));
    try (BufferedReader lines = lines(daemon); HttpClient client = HttpClient.newHttpClient()) {
      int port = await(lines, "server_listening").path("port").asInt();
      LivePeer player = LivePeer.connect(port, "/ws");
      player.send("{\"type\":\"hello\",\"protocolVersion\":1}");
      player.await("hello_ack");
      player.send("{\"type\":\"record_start\"}");
      player.send("{\"type\":\"note_on\",\"noteId\":\"a\",\"midi\":60,\"velocity\":0.8}");
      player.play(10);
      CompletableFuture<HttpResponse<String>> running = client.sendAsync(render(port, 20).build(), HttpResponse.BodyHandlers.ofString());
      await(lines, "render_job_started");
      daemon.toHandle().destroy();
      assertThat(player.awaitClosing()).isEqualTo(new LivePeer.Closing(1001, "Server shutting down"));
      assertThat(running.get(60, TimeUnit.SECONDS).statusCode()).as(running.get().body()).isEqualTo(200);
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.exitValue()).isZero();
      try (Stream<Path> stored = Files.list(renders)) {
        assertThat(stored.map(each -> each.getFileName().toString()).filter(name -> name.matches("20\\d\\d-.*"))).as("the recording").hasSize(1);
      }
    } finally {
      daemon.destroyForcibly();
    }
  }

  /** Of 64 voices. */
  private static HttpRequest.Builder render(int port, int seconds) {
    String notes = IntStream.range(0, 64)
        .mapToObj(i -> "{\"id\":\"v" + i + "\",\"startSec\":0,\"durationSec\":" + seconds + ",\"midi\":" + (30 + i) + "}").collect(Collectors.joining(","));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/render")).header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"score\":{\"bpm\":90,\"notes\":[" + notes + "]},\"config\":{\"maxPolyphony\":64}}"));
  }

  @Test
  void aSecondSignalEndsItAtOnceAndTheExitCodeTells() throws Exception {
    Process daemon = start(Map.of("RENDER_STORE_DIR", temp.resolve("second").toString()));
    try (BufferedReader lines = lines(daemon); HttpClient client = HttpClient.newHttpClient()) {
      int port = await(lines, "server_listening").path("port").asInt();
      client.send(render(port, 299).header("Prefer", "respond-async").build(), HttpResponse.BodyHandlers.discarding());
      await(lines, "render_job_started");
      daemon.toHandle().destroy();
      await(lines, "shutdown_signal");
      daemon.toHandle().destroy();
      await(lines, "shutdown_forced");
      assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(daemon.exitValue()).isEqualTo(1);
    } finally {
      daemon.destroyForcibly();
    }
  }

  @Test
  void everythingWrongWithTheConfigurationIsSaidAtOnceAndTheExitCodeIsTwo() throws Exception {
    Process daemon = start(Map.of("PORT", "none", "LOG_LEVEL", "chatty", "TRUST_PROXY", "10.0.0.0/99", "AUTH_KEYS", "s3cret"));
    List<String> problems = new ArrayList<>();
    try (BufferedReader lines = lines(daemon)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = Json.parse(line);
        assertThat(event.path("msg").asText()).isEqualTo("boot_config_error");
        assertThat(event.path("level").asInt()).as("fatal").isEqualTo(60);
        assertThat(line).as("keys are never shown").doesNotContain("s3cret");
        problems.add(event.path("problem").asText().split(" ")[0]);
      }
    }
    assertThat(problems).containsExactlyInAnyOrder("PORT", "LOG_LEVEL", "TRUST_PROXY", "AUTH_KEYS");
    assertThat(daemon.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isEqualTo(2);
  }

  @Test
  void theRecipesAgreeWithTheDaemon() throws IOException {
    String dockerfile = Files.readString(DELIVERY.resolve("Dockerfile"));
    assertThat(dockerfile).contains("USER 10001", "HEALTHCHECK", "VOLUME /data", "/readyz", "image.sh", "NODE_ENV=production");
    assertThat(dockerfile.indexOf("mvn ")).as("the handbook's javadoc is made of what Maven generates").isBetween(0, dockerfile.indexOf("cd docs"));
    String unit = Files.readString(DELIVERY.resolve("cantora.service"));
    assertThat(unit).contains("DynamicUser=yes", "KillSignal=SIGTERM", "RestartPreventExitStatus=2", "NoNewPrivileges=yes");
    assertThat(unit).as("audio threads ask for this priority").contains("LimitRTPRIO=10\n");
    assertThat(Integer.parseInt(unit.replaceAll("(?s).*TimeoutStopSec=(\\d+).*", "$1"))).as("longer than the drain").isGreaterThan(30);

    List<JsonNode> documents = new ArrayList<>();
    new ObjectMapper().readerFor(JsonNode.class).with(new YAMLFactory())
        .<JsonNode>readValues(new YAMLFactory().createParser(Files.readString(DELIVERY.resolve("kubernetes.yaml"))))
        .forEachRemaining(documents::add);
    assertThat(documents).extracting(document -> document.path("kind").asText())
        .containsExactly("PersistentVolumeClaim", "Deployment", "Service");
    JsonNode pod = documents.get(1).at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(30);
    JsonNode container = pod.at("/containers/0");
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/livez");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/readyz");
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    String page = Files.readString(Path.of("../../docs/handbook/configuration.md"));
    container.path("env").forEach(variable -> assertThat(page).contains("`" + variable.path("name").asText() + "`"));
  }

  @Test
  void nothingInTheImageIsOfTheTests() throws IOException {
    try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString())).noneMatch(name -> name.contains("junit") || name.contains("assertj"));
    }
  }
}
