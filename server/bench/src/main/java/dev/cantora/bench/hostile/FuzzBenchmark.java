package dev.cantora.bench.hostile;

import dev.cantora.bench.DaemonLog;
import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.Verdict;
import dev.cantora.bench.Vitals;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench fuzz}. */
@Command(name = "fuzz", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Hostile input of four kinds against a daemon of its own, while a bystander plays live: mutated messages over "
        + "both sockets, raw frames, broken HTTP heads, mutated REST operations.",
        "Exits with 1 when the daemon ended, logged an exception nobody caught, said what it must not say, kept memory, or the "
        + "bystander missed a block."})
public final class FuzzBenchmark implements Callable<Integer> {

  private static final int WORKERS = 4;
  private static final double MOST_HEAP_GROWTH = 0.05;
  private static final int MOST_MORE = 8;
  private static final long PATIENCE_SEC = 120;

  @Option(names = "--messages", defaultValue = "1000000", description = "Socket messages. Default: ${DEFAULT-VALUE}.")
  private long messages;

  @Option(names = "--frames", defaultValue = "100000", description = "Raw WebSocket frames. Default: ${DEFAULT-VALUE}.")
  private long frames;

  @Option(names = "--heads", defaultValue = "10000", description = "Broken HTTP heads. Default: ${DEFAULT-VALUE}.")
  private long heads;

  @Option(names = "--calls", defaultValue = "20000", description = "Mutated REST operations. Default: ${DEFAULT-VALUE}.")
  private long calls;

  @Option(names = "--seed", defaultValue = "20261124", description = "Same seed, same input. Default: ${DEFAULT-VALUE}.")
  private long seed;

  private final Answers answers = new Answers();

  private record Load(long messages, long frames, long heads, long calls) {
    /** What is sent before the first look at the heap: enough to have met everything once. */
    Load warmUp() {
      return new Load(part(messages, 20_000), part(frames, 2000), part(heads, 500), part(calls, 2000));
    }

    private static long part(long count, long least) {
      return Math.max(count / 20, Math.min(count, least));
    }
  }

  /** Work of one worker: so much of it at most. @return how much it was */
  @FunctionalInterface
  private interface Work {
    long some(long most) throws IOException, InterruptedException;
  }

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    Map<String, String> environment = Map.of("MAX_LIVE_SESSIONS", "64", "MAX_JAM_SESSIONS", "64", "MAX_RENDER_DURATION_SEC", "5",
        "RENDER_STORE_BUDGET_MB", "64", "METRICS_SAMPLE_INTERVAL_MS", "100");
    try (DaemonProcess daemon = DaemonProcess.start(environment); ServiceClient client = new ServiceClient(daemon.uri());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Bystander bystander = Bystander.join(daemon.uri().getPort())) {
      assault(daemon, http, new Load(messages, frames, heads, calls).warmUp(), seed - 1);
      Vitals before = settled(daemon, client, Long.MAX_VALUE);
      System.out.println("before  " + before);
      long startNs = System.nanoTime();
      assault(daemon, http, new Load(messages, frames, heads, calls), seed);
      double sec = (System.nanoTime() - startNs) / 1e9;
      Vitals after = settled(daemon, client, before.threads() + MOST_MORE);
      System.out.println("after   " + after);
      answers.print();
      return verdict(daemon, before, after, bystander.heard(), sec);
    }
  }

  private void assault(DaemonProcess daemon, HttpClient http, Load load, long from) throws InterruptedException {
    int port = daemon.uri().getPort();
    all("socket messages", load.messages(), worker -> {
      SocketAssault assault = new SocketAssault(port, answers, from + worker);
      return most -> assault.talk((int) Math.min(most, Integer.MAX_VALUE));
    });
    all("raw frames", load.frames(), worker -> {
      SocketAssault assault = new SocketAssault(port, answers, from + worker);
      return most -> assault.frames((int) Math.min(most, Integer.MAX_VALUE));
    });
    all("broken HTTP heads", load.heads(), worker -> {
      HttpAssault assault = new HttpAssault(daemon.uri(), http, answers, from + worker);
      return most -> {
        assault.head();
        return 1;
      };
    });
    all("REST operations", load.calls(), worker -> {
      HttpAssault assault = new HttpAssault(daemon.uri(), http, answers, from + worker);
      return most -> {
        assault.call();
        return 1;
      };
    });
  }

  private void all(String what, long count, java.util.function.IntFunction<Work> works) throws InterruptedException {
    long startNs = System.nanoTime();
    AtomicLong done = new AtomicLong();
    Thread[] workers = new Thread[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
      Work work = works.apply(i);
      workers[i] = Thread.ofPlatform().name("hostile-" + i).start(() -> {
        try {
          while (done.get() < count) {
            done.addAndGet(work.some(count - done.get()));
          }
        } catch (IOException | InterruptedException | RuntimeException failed) {
          answers.offence("a client could not go on: " + failed);
        }
      });
    }
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.printf(Locale.ROOT, "        %,d %s in %.0f s%n", done.get(), what, (System.nanoTime() - startNs) / 1e9);
  }

  /** Waits until nobody but the bystander is there and idle threads have ended, and deletes what was stored. */
  private Vitals settled(DaemonProcess daemon, ServiceClient client, long mostThreads) throws IOException, InterruptedException {
    client.deleteRenders();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SEC);
    Vitals now = Vitals.after(daemon, client);
    while ((now.liveSockets() > 1 || now.jamSessions() > 0 || now.threads() > mostThreads) && System.nanoTime() < endNs) {
      TimeUnit.SECONDS.sleep(1);
      now = Vitals.after(daemon, client);
    }
    return now;
  }

  private int verdict(DaemonProcess daemon, Vitals before, Vitals after, Bystander.Heard heard, double sec) throws IOException {
    Verdict verdict = new Verdict();
    List<String> defects = DaemonLog.defects(daemon.log());
    defects.stream().limit(5).forEach(line -> System.out.println("        " + line.substring(0, Math.min(600, line.length()))));
    heard.troubles().forEach(trouble -> System.out.println("        bystander: " + trouble));
    System.out.printf(Locale.ROOT, "%.0f s of hostile input%n", sec);
    verdict.line("the daemon", daemon.isAlive() ? "runs" : "ended", "runs on", daemon.isAlive());
    verdict.none("exceptions in its log", defects.size());
    verdict.none("answers it must not give", answers.offended());
    double growth = (double) after.heapBytes() / before.heapBytes() - 1;
    verdict.line("heap after GC", String.format(Locale.ROOT, "%.1f to %.1f MiB, %+.1f %%", before.heapMib(), after.heapMib(), 100 * growth),
        "at most 5 % more", growth <= MOST_HEAP_GROWTH);
    verdict.line("descriptors", before.descriptors() + " to " + after.descriptors(), "at most 8 more",
        after.descriptors() <= before.descriptors() + MOST_MORE);
    verdict.line("threads", before.threads() + " to " + after.threads(), "at most 8 more", after.threads() <= before.threads() + MOST_MORE);
    verdict.line("bystander", String.format(Locale.ROOT, "%,d blocks, %d missing", heard.blocks(), heard.missing()), "none missing",
        heard.missing() == 0 && heard.troubles().isEmpty() && heard.blocks() > 0);
    System.out.printf(Locale.ROOT, "latest of the bystander's blocks %.1f ms after the timeliest%n", heard.lateMs());
    return verdict.exitCode();
  }
}
