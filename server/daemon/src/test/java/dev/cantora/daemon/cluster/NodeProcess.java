package dev.cantora.daemon.cluster;

import dev.cantora.daemon.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node of a cluster in a process of its own, made of the classes under test. */
final class NodeProcess implements AutoCloseable {
  private static final long PATIENCE_NS = 60_000_000_000L;

  private final Process process;
  private final Path folder;
  private final int port;

  private NodeProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Starts without waiting. @param folder of its own */
  static NodeProcess start(Path folder, int port, Path presets, Map<String, String> environment) {
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx512m",
          "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector", "-cp",
          System.getProperty("java.class.path"), Main.class.getName());
      builder.environment().putAll(environment);
      builder.environment().put("PORT", Integer.toString(port));
      builder.environment().put("PRESET_DIR", presets.toString());
      builder.environment().put("RENDER_STORE_DIR", folder.resolve("renders").toString());
      builder.environment().put("RATE_LIMIT_RPM", "1000000");
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
      return new NodeProcess(builder.start(), folder, port);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  int port() {
    return port;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  NodeProcess awaitReady(HttpClient http) throws InterruptedException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (true) {
      try {
        if (http.send(HttpRequest.newBuilder(uri("/readyz")).build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return this;
        }
      } catch (IOException notYet) {
        // nobody listens yet
      }
      if (System.nanoTime() > endNs || !process.isAlive()) {
        throw new AssertionError("the node did not become ready:\n" + log());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return "";
    }
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As SIGTERM does. @return its exit code */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the node did not end:\n" + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
