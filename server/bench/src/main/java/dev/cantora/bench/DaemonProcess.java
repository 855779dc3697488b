package dev.cantora.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A daemon in a process of its own, started as {@code ./cantora up} starts it but for the building, on a free port and an
 * empty store that is deleted afterwards.
 */
public final class DaemonProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final Process process;
  private final Path folder;
  private final int port;
  private final double readyMs;

  private DaemonProcess(Process process, Path folder, int port, double readyMs) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.readyMs = readyMs;
  }

  /** Starts a daemon and waits until {@code /readyz} answers 200. @param environment added to this process's */
  public static DaemonProcess start(Map<String, String> environment) throws IOException, InterruptedException {
    return start(Files.createTempDirectory("cantora-bench-"), environment);
  }

  /** Starts another daemon on the store of this one, which must have ended. Closing either deletes the store. */
  public DaemonProcess again(Map<String, String> environment) throws IOException, InterruptedException {
    return start(folder, environment);
  }

  private static DaemonProcess start(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("LOG_LEVEL", "warn");
    all.putIfAbsent("RATE_LIMIT_RPM", "1000000");
    all.put("PORT", Integer.toString(port));
    all.put("RENDER_STORE_DIR", folder.resolve("renders").toString());
    ProcessBuilder builder = new ProcessBuilder(Machine.root().resolve("cantora").toString(), "serve");
    builder.environment().putAll(all);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .redirectInput(new File("/dev/null"));
    long startNs = System.nanoTime();
    Process process = builder.start();
    return new DaemonProcess(process, folder, port, awaitReady(process, folder, port, startNs));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static double awaitReady(Process process, Path folder, int port, long startNs) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
      while (process.isAlive() && System.nanoTime() - startNs < PATIENCE.toNanos()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return (System.nanoTime() - startNs) / 1e6;
          }
        } catch (IOException notYet) {
          // nobody listens yet
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    process.destroyForcibly();
    throw new IOException("the daemon did not become ready: " + Files.readString(folder.resolve("log")));
  }

  /** {@code http://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** From starting the process to the first 200 of {@code /readyz}, in milliseconds. */
  public double readyMs() {
    return readyMs;
  }

  public long pid() {
    return process.pid();
  }

  /** Threads of the operating system, virtual ones not counted; -1 where there is no {@code /proc}. */
  public int threads() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines.filter(line -> line.startsWith("Threads:")).findFirst()
          .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip())).orElse(-1);
    } catch (IOException elsewhere) {
      return -1;
    }
  }

  /** CPU time the daemon has used so far, in milliseconds. */
  public double cpuMs() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
  }

  /** Where it writes its log and keeps its renders. */
  public Path folder() {
    return folder;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path log() {
    return folder.resolve("log");
  }

  /** Ends it with SIGKILL and waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the daemon to end and waits. @return whether it did in time */
  public boolean stopWithin(int seconds) throws InterruptedException {
    process.destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  /** Ends the daemon and deletes its folder. */
  @Override
  public void close() throws IOException {
    try {
      if (!stopWithin(10)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stop) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
