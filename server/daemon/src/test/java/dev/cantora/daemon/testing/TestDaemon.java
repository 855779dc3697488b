package dev.cantora.daemon.testing;

import dev.cantora.daemon.CantoraServer;
import dev.cantora.daemon.config.DaemonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real daemon on a free loopback port with its own empty folders. Rate limits are wide unless a test sets them. Use with
 * try-with-resources, or start one per test class; starting takes some 50 ms in a warm JVM.
 */
public final class TestDaemon implements AutoCloseable {
  private final CantoraServer server;
  private final Path folder;
  private final boolean ownFolder;
  private final LogCapture log;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(20)).build();

  private TestDaemon(CantoraServer server, Path folder, boolean ownFolder, LogCapture log) {
    this.server = server;
    this.folder = folder;
    this.ownFolder = ownFolder;
    this.log = log;
  }

  /** Starts with environment variables given as name, value, name, value. */
  public static TestDaemon start(String... environment) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      variables.put(environment[i], environment[i + 1]);
    }
    return start(variables);
  }

  public static TestDaemon start(Map<String, String> environment) {
    try {
      return start(Files.createTempDirectory("cantora-test"), true, environment);
    } catch (IOException noFolder) {
      throw new UncheckedIOException(noFolder);
    }
  }

  /** Starts in a folder that outlives the daemon, for tests that restart it. */
  public static TestDaemon startIn(Path folder, Map<String, String> environment) {
    return start(folder, false, environment);
  }

  private static TestDaemon start(Path folder, boolean ownFolder, Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PORT", "0");
    variables.put("RATE_LIMIT_RPM", "100000");
    variables.put("METRICS_SAMPLE_INTERVAL_MS", "1");
    variables.put("PRESET_DIR", folder.resolve("presets").toString());
    variables.put("RENDER_STORE_DIR", folder.resolve("renders").toString());
    variables.putAll(environment);
    LogCapture log = new LogCapture();
    try {
      Files.createDirectories(Path.of(variables.get("PRESET_DIR")));
      return new TestDaemon(CantoraServer.start(DaemonConfig.from(variables)), folder, ownFolder, log);
    } catch (IOException noFolder) {
      log.close();
      throw new UncheckedIOException(noFolder);
    } catch (RuntimeException didNotStart) {
      log.close();
      throw didNotStart;
    }
  }

  public CantoraServer server() {
    return server;
  }

  public int port() {
    return server.port();
  }

  /** Holds {@code presets} and {@code renders} unless a test set them elsewhere. */
  public Path folder() {
    return folder;
  }

  public LogCapture log() {
    return log;
  }

  public HttpClient client() {
    return client;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** A socket URL such as {@code ws://127.0.0.1:1234/ws}. */
  public URI socketUri(String path) {
    return URI.create("ws://127.0.0.1:" + port() + path);
  }

  public Reply get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** A GET whose target goes out byte for byte, without any client's normalising; closes the connection. */
  public Reply rawGet(String target, String... headers) {
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    Reply reply = RawHttp.send(port(), request.append("\r\n").toString());
    if (reply != null) {
      SpecConformance.check("GET", target, reply);
    }
    return reply;
  }

  public Reply delete(String path, String... headers) {
    return send("DELETE", path, null, headers);
  }

  /** Sends JSON text as {@code application/json}. */
  public Reply post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  public Reply patch(String path, String json, String... headers) {
    return send("PATCH", path, json, headers);
  }

  /** @param headers name, value, name, value; a Content-Type here replaces the default */
  public Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.method(method, HttpRequest.BodyPublishers.ofString(body)).setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Reply reply = new Reply(response.statusCode(), response.headers(), response.body());
      SpecConformance.check(method, path, reply);
      return reply;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    try {
      server.stop(Duration.ofSeconds(10));
      client.shutdownNow();
    } finally {
      log.close();
      if (ownFolder) {
        deleteFolder();
      }
    }
  }

  private void deleteFolder() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        path.toFile().setWritable(true);
        Files.deleteIfExists(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
