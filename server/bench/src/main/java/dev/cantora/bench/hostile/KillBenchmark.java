package dev.cantora.bench.hostile;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.Verdict;
import dev.cantora.fuzz.RestCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench kills}. */
@Command(name = "kills", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Kills a daemon with SIGKILL at random moments while clients save and delete renders, starts it again on the "
        + "same store and looks at every render. Proves that renders survive the process; a power cut is another matter.",
        "Then fills a store and times the start. Exits with 1 when an acknowledged render was lost, one was half, the budget was "
        + "wrong, or the start took longer than 2 s."})
public final class KillBenchmark implements Callable<Integer> {

  private static final Map<String, String> ENVIRONMENT =
      Map.of("RENDER_STORE_BUDGET_MB", "4096", "RENDER_QUEUE_MAX_DEPTH", "64", "MAX_RENDER_DURATION_SEC", "60");
  private static final int MOST_AWAITED = 10;
  private static final int MOST_WAIT_MS = 50;
  private static final int STARTS = 3;
  private static final int KILLS_PER_LINE = 50;
  private static final double MOST_READY_MS = 2000;

  @Option(names = "--kills", defaultValue = "1000", description = "Kills. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(names = "--stored", defaultValue = "10000", description = "Renders of the full store. Default: ${DEFAULT-VALUE}.")
  private int stored;

  @Option(names = "--seed", defaultValue = "20261124", description = "Same seed, same moments. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    Verdict verdict = new Verdict();
    kill(verdict);
    fullStore(verdict);
    return verdict.exitCode();
  }

  private void kill(Verdict verdict) throws IOException, InterruptedException {
    Random random = new Random(seed);
    Rounds readyMs = new Rounds();
    Savings savings = new Savings();
    DaemonProcess daemon = DaemonProcess.start(ENVIRONMENT);
    try {
      for (int kill = 0; kill < kills; kill++) {
        savings.save(daemon.uri(), random.nextLong());
        savings.awaitAcknowledged(1 + random.nextInt(MOST_AWAITED));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_WAIT_MS));
        daemon.kill();
        savings.ended();
        daemon = daemon.again(ENVIRONMENT);
        readyMs.add(daemon.readyMs());
        savings.check(daemon.uri());
        if ((kill + 1) % KILLS_PER_LINE == 0) {
          System.out.printf(Locale.ROOT, "%d kills: %,d acknowledged and read back, %d lost, %d half, %d wrong budgets%n", kill + 1,
              savings.acknowledged(), savings.lost(), savings.damaged(), savings.wrongBudgets());
        }
      }
    } finally {
      daemon.close();
    }
    System.out.printf(Locale.ROOT, "%d kills; ready again after %.0f ms (median), %.0f ms at most%n", kills, readyMs.median(),
        readyMs.quantile(1));
    verdict.line("acknowledged renders read back", String.format(Locale.ROOT, "%,d", savings.acknowledged()), "some, every byte",
        savings.acknowledged() > 0);
    verdict.none("acknowledged renders lost", savings.lost());
    verdict.none("half or changed renders", savings.damaged());
    verdict.none("wrong budgets", savings.wrongBudgets());
  }

  private void fullStore(Verdict verdict) throws IOException, InterruptedException {
    DaemonProcess daemon = DaemonProcess.start(ENVIRONMENT);
    try {
      try (ServiceClient client = new ServiceClient(daemon.uri())) {
        client.post("/api/v1/renders", RestCalls.smallOrder());
      }
      Rounds emptyMs = new Rounds();
      daemon = startAgain(daemon, emptyMs);
      daemon.stopWithin(30);
      FullStore.copies(daemon.folder().resolve("renders"), stored);
      daemon = daemon.again(ENVIRONMENT);
      System.out.printf(Locale.ROOT, "%,d renders: ready after %.0f ms when every folder has to be read%n", count(daemon), daemon.readyMs());
      Rounds readyMs = new Rounds();
      daemon = startAgain(daemon, readyMs);
      System.out.printf(Locale.ROOT, "ready after a kill: %.0f ms with one render, %.0f ms with %,d (best of %d), ratio %.2f%n", emptyMs.best(),
          readyMs.best(), stored, STARTS, readyMs.best() / emptyMs.best());
      verdict.line("ready after a kill, " + stored + " renders", String.format(Locale.ROOT, "%.0f ms (median %.0f)", readyMs.best(),
          readyMs.median()), "best of " + STARTS + " within 2000 ms", readyMs.best() <= MOST_READY_MS);
    } finally {
      daemon.close();
    }
  }

  /** Kills and starts it some times. */
  private static DaemonProcess startAgain(DaemonProcess daemon, Rounds readyMs) throws IOException, InterruptedException {
    DaemonProcess last = daemon;
    for (int start = 0; start < STARTS; start++) {
      last.kill();
      last = last.again(ENVIRONMENT);
      readyMs.add(last.readyMs());
    }
    return last;
  }

  private static int count(DaemonProcess daemon) throws IOException, InterruptedException {
    try (ServiceClient client = new ServiceClient(daemon.uri())) {
      String list = new String(client.get("/api/v1/renders"), StandardCharsets.UTF_8);
      return list.split("\"wavHash\"", -1).length - 1;
    }
  }
}
