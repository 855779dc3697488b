package dev.cantora.bench.hostile;

import dev.cantora.bench.DaemonLog;
import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import dev.cantora.bench.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench overload}. */
@Command(name = "overload", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"More renders than the queue takes, then more requests than the rate limit allows: how soon the refusal comes, "
        + "whether it says when to come back, and whether a bystander who plays live misses a block meanwhile.",
        "Exits with 1 when the 99th percentile of refusals took longer than 50 ms, one had no Retry-After, or a block is missing."})
public final class OverloadBenchmark implements Callable<Integer> {

  private static final double MOST_MS = 50;
  private static final int WORKERS = 4;
  private static final int WARM_UP = 5;
  private static final byte[] ORDER = TestScore.order(20, 4, true);

  @Option(names = "--seconds", defaultValue = "20", description = "Length of each half. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  private final AtomicLong withoutRetry = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong other = new AtomicLong();

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    Verdict verdict = new Verdict();
    half(verdict, "queue full", 503, Map.of("RENDER_QUEUE_MAX_DEPTH", "8"));
    half(verdict, "rate limited", 429, Map.of("RENDER_QUEUE_MAX_DEPTH", "8", "RATE_LIMIT_RPM", "60"));
    return verdict.exitCode();
  }

  private void half(Verdict verdict, String name, int status, Map<String, String> environment) throws IOException, InterruptedException {
    Rounds refusedMs = new Rounds();
    try (DaemonProcess daemon = DaemonProcess.start(environment); Bystander bystander = Bystander.join(daemon.uri().getPort());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      warmUp(daemon);
      AtomicBoolean over = new AtomicBoolean();
      Thread[] workers = new Thread[WORKERS];
      for (int i = 0; i < WORKERS; i++) {
        workers[i] = Thread.ofPlatform().start(() -> insist(http, daemon.uri(), status, refusedMs, over));
      }
      TimeUnit.SECONDS.sleep(seconds);
      over.set(true);
      for (Thread worker : workers) {
        worker.join();
      }
      Bystander.Heard heard = bystander.heard();
      verdict.line(name + ": " + status + " within", String.format(Locale.ROOT, "p50 %.1f, p99 %.1f, max %.1f ms", refusedMs.median(),
          refusedMs.quantile(0.99), refusedMs.quantile(1)), "p99 at most 50 ms", refusedMs.quantile(0.99) <= MOST_MS);
      verdict.line("refusals", String.format(Locale.ROOT, "%,d, taken %,d", refusedMs.count(), taken.getAndSet(0)), "some",
          refusedMs.count() > 0);
      verdict.none("without Retry-After", withoutRetry.get());
      verdict.none("other answers", other.get());
      verdict.none("exceptions in its log", DaemonLog.defects(daemon.log()).size());
      verdict.line("bystander", String.format(Locale.ROOT, "%,d blocks, %d missing", heard.blocks(), heard.missing()), "none missing",
          heard.missing() == 0 && heard.troubles().isEmpty() && heard.blocks() > 0);
      http.shutdownNow();
    }
  }

  /** A daemon that has just started loads classes for seconds; that is not what is measured here. */
  private static void warmUp(DaemonProcess daemon) throws IOException, InterruptedException {
    try (ServiceClient client = new ServiceClient(daemon.uri())) {
      for (int i = 0; i < WARM_UP; i++) {
        client.render(ORDER);
      }
    }
  }

  /** Long renders in the background, one after the other as quickly as they are answered. */
  private void insist(HttpClient http, URI daemon, int status, Rounds refusedMs, AtomicBoolean over) {
    HttpRequest request = HttpRequest.newBuilder(daemon.resolve("/api/v1/renders")).header("Content-Type", "application/json")
        .header("Prefer", "respond-async").POST(BodyPublishers.ofByteArray(ORDER)).build();
    try {
      while (!over.get()) {
        long startNs = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double ms = (System.nanoTime() - startNs) / 1e6;
        if (answer.statusCode() == 202) {
          taken.incrementAndGet();
        } else if (answer.statusCode() == status) {
          synchronized (refusedMs) {
            refusedMs.add(ms);
          }
          withoutRetry.addAndGet(answer.headers().firstValue("Retry-After").isPresent() ? 0 : 1);
        } else if (answer.statusCode() != 503 && answer.statusCode() != 507) {
          other.incrementAndGet();
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    } catch (IOException | InterruptedException failed) {
      other.incrementAndGet();
    }
  }
}
