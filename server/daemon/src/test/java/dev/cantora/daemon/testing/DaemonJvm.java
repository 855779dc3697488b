package dev.cantora.daemon.testing;

import dev.cantora.daemon.Main;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A daemon in a process of its own, for what only a process can suffer: limits, signals, another clock. */
public final class DaemonJvm implements AutoCloseable {
  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private DaemonJvm(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts and waits until it listens.
   *
   * @param folder holds {@code presets}, {@code renders} and the log
   * @param wrapper command that runs the one behind it, or nothing
   * @param environment beside the folders and a free port
   */
  public static DaemonJvm start(Path folder, List<String> wrapper, Map<String, String> environment) throws IOException, InterruptedException {
    return start(folder, wrapper, environment, System.getProperty("java.class.path"));
  }

  /** @param classPath other than that of the tests */
  public static DaemonJvm start(Path folder, List<String> wrapper, Map<String, String> environment, String classPath)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--add-modules",
        "jdk.incubator.vector", "-cp", classPath, Main.class.getName()));
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).redirectOutput(log.toFile());
    Files.createDirectories(folder.resolve("presets"));
    builder.environment().putAll(Map.of("PORT", "0", "PRESET_DIR", folder.resolve("presets").toString(),
        "RENDER_STORE_DIR", folder.resolve("renders").toString()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new DaemonJvm(process, awaitPort(process, log));
  }

  private static int awaitPort(Process daemon, Path log) throws IOException, InterruptedException {
    while (daemon.isAlive()) {
      for (String line : Files.readAllLines(log)) {
        if (line.contains("\"server_listening\"") && line.endsWith("}")) {
          return Json.parse(line).path("port").asInt();
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the daemon ended with " + daemon.waitFor() + ": " + Files.readString(log));
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** @param body JSON, or null for a GET */
  public Reply send(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60));
    if (body != null) {
      request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response.headers(), response.body());
  }

  /** @param name without SIG */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end. @return the exit code, or -1 when it goes on */
  public int awaitEnd(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
  }

  /** Sends SIGTERM. @return whether the process has ended within that time */
  public boolean terminate(Duration within) throws InterruptedException {
    process.toHandle().destroy();
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    client.close();
  }
}
