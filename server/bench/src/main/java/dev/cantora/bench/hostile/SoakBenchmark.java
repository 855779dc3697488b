package dev.cantora.bench.hostile;

import dev.cantora.bench.DaemonLog;
import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.Verdict;
import dev.cantora.bench.Vitals;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench soak}. */
@Command(name = "soak", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Mixed load for a long time: renders saved, streamed, cancelled, read in ranges, listed and deleted, words, "
        + "event streams, live takes, jam sessions with recordings and exports, nonsense in between, and a bystander who plays "
        + "on. Looks at the daemon after a garbage collection in even steps.",
        "Exits with 1 unless heap, threads and descriptors of the last third are those of the first."})
public final class SoakBenchmark implements Callable<Integer> {

  private static final int STEPS = 30;
  private static final int WARM_UP_STEPS = 3;
  private static final double MOST_HEAP_GROWTH = 0.05;
  private static final double SLACK_MIB = 2;

  @Option(names = "--minutes", defaultValue = "30", description = "Length of the load. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(names = "--seed", defaultValue = "20261124", description = "Same seed, same load. Default: ${DEFAULT-VALUE}.")
  private long seed;

  private final Answers answers = new Answers();

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    Map<String, String> environment = Map.of("MAX_LIVE_SESSIONS", "64", "MAX_JAM_SESSIONS", "64", "RENDER_STORE_BUDGET_MB", "256",
        "METRICS_SAMPLE_INTERVAL_MS", "100");
    try (DaemonProcess daemon = DaemonProcess.start(environment); ServiceClient client = new ServiceClient(daemon.uri());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Bystander bystander = Bystander.join(daemon.uri().getPort());
        MixedLoad load = new MixedLoad(daemon.uri(), http, answers, seed)) {
      List<Vitals> steps = new ArrayList<>();
      long stepNs = (long) (minutes * 60e9 / STEPS);
      long startNs = System.nanoTime();
      for (int step = 1; step <= STEPS && daemon.isAlive(); step++) {
        load.run(startNs + step * stepNs - System.nanoTime());
        client.deleteRenders();
        steps.add(Vitals.after(daemon, client));
        System.out.printf(Locale.ROOT, "%6.1f min  %s%n", (System.nanoTime() - startNs) / 60e9, steps.getLast());
      }
      answers.print();
      return verdict(daemon, steps.subList(Math.min(WARM_UP_STEPS, steps.size()), steps.size()), bystander.heard());
    }
  }

  private int verdict(DaemonProcess daemon, List<Vitals> steps, Bystander.Heard heard) throws IOException {
    Verdict verdict = new Verdict();
    List<String> defects = DaemonLog.defects(daemon.log());
    defects.stream().limit(5).forEach(line -> System.out.println("        " + line.substring(0, Math.min(600, line.length()))));
    heard.troubles().forEach(trouble -> System.out.println("        bystander: " + trouble));
    verdict.line("the daemon", daemon.isAlive() ? "runs" : "ended", "runs on", daemon.isAlive());
    verdict.none("exceptions in its log", defects.size());
    verdict.none("answers it must not give", answers.offended());
    flat(verdict, "heap after GC, MiB", steps, Vitals::heapMib, MOST_HEAP_GROWTH, SLACK_MIB);
    flat(verdict, "threads", steps, Vitals::threads, 0, 4);
    flat(verdict, "descriptors", steps, Vitals::descriptors, 0, 4);
    verdict.line("bystander", String.format(Locale.ROOT, "%,d blocks, %d missing", heard.blocks(), heard.missing()), "none missing",
        heard.missing() == 0 && heard.troubles().isEmpty() && heard.blocks() > 0);
    System.out.printf(Locale.ROOT, "latest of the bystander's blocks %.1f ms after the timeliest%n", heard.lateMs());
    return verdict.exitCode();
  }

  /** Medians of the first and the last third are compared: single steps catch sessions that are just open. */
  private static void flat(Verdict verdict, String what, List<Vitals> steps, ToDoubleFunction<Vitals> figure, double share,
      double slack) {
    int third = steps.size() / 3;
    double first = median(steps.subList(0, third), figure);
    double last = median(steps.subList(steps.size() - third, steps.size()), figure);
    verdict.line(what, String.format(Locale.ROOT, "%.1f to %.1f", first, last),
        share > 0 ? String.format(Locale.ROOT, "at most %.0f %% and %.0f MiB more", 100 * share, slack)
            : String.format(Locale.ROOT, "at most %.0f more", slack), last <= first * (1 + share) + slack);
  }

  private static double median(List<Vitals> steps, ToDoubleFunction<Vitals> figure) {
    Rounds values = new Rounds();
    steps.forEach(step -> values.add(figure.applyAsDouble(step)));
    return values.median();
  }
}
