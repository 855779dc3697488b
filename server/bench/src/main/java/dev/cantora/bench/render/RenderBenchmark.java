package dev.cantora.bench.render;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.bench.Rounds;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole way of a render: JSON over HTTP, words, voices, WAV, hash, and files safe on the disk. */
@Command(name = "render", mixinStandardHelpOptions = true,
    description = "renders with lyrics over HTTP, from the request to the stored WAV, beside the reference")
public final class RenderBenchmark implements Callable<Integer> {

  /** The reference needs 20 to 25 s for 60 s of music in 4 voices: about 16 voice-seconds a second, measured beside it once. */
  private static final double REFERENCE_MS = 20_000;
  private static final double REFERENCE_VOICE_SEC_PER_SEC = 16;
  private static final int SHORT_RENDERS = 64;
  private static final int CLIENTS = 8;

  @Option(names = "--rounds", defaultValue = "15", description = "rounds of the 60 s render, less of longer ones (default ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--memory", description = "only the heap that a long render takes")
  private boolean memoryOnly;

  @Override
  public Integer call() throws Exception {
    System.out.println(Machine.describe());
    if (!memoryOnly) {
      speed();
    }
    LongRenderMemory.print();
    return 0;
  }

  private void speed() throws Exception {
    try (DaemonProcess daemon = DaemonProcess.start(Map.of("RENDER_QUEUE_MAX_DEPTH", "200"));
        ServiceClient client = new ServiceClient(daemon.uri())) {
      System.out.printf(Locale.ROOT, "ready after %.0f ms; first render of 60 s x 4 voices %.0f ms%n", daemon.readyMs(),
          client.render(TestScore.order(60, 4, true)));
      System.out.printf("%-26s %10s %10s %12s %14s %12s %10s %10s%n", "", "best", "median", "CPU, best", "voice-s per s", "x reference",
          "singing", "around it");
      row(daemon, client, "warm-up", 10, 4, 2 * rounds);
      double sixty = row(daemon, client, "60 s x 4 voices", 60, 4, rounds);
      double three = row(daemon, client, "60 s x 3 voices", 60, 3, rounds);
      double sixteen = row(daemon, client, "60 s x 16 voices", 60, 16, rounds / 3 + 1);
      double longer = row(daemon, client, "300 s x 4 voices", 300, 4, rounds / 3 + 1);
      shortOnes(daemon);
      streamed(client, rounds / 3 + 1);
      System.out.printf(Locale.ROOT, "60 s x 4 voices: %.1f ms, %.0f x the reference's %.0f s%n", sixty, REFERENCE_MS / sixty,
          REFERENCE_MS / 1000);
      System.out.printf(Locale.ROOT, "four times the voices cost %.2f x, five times the length %.2f x, the fourth voice %.1f ms "
          + "(a fourth of all: %.1f), each of its 120 notes %.3f ms%n", sixteen / sixty, longer / sixty, sixty - three, sixty / 4,
          (sixty - three) / 120);
    }
  }

  /** Returns the best wall-clock time in milliseconds. */
  private static double row(DaemonProcess daemon, ServiceClient client, String name, int seconds, int voices, int rounds)
      throws IOException, InterruptedException {
    byte[] order = TestScore.order(seconds, voices, true);
    Rounds wall = new Rounds();
    Rounds cpu = new Rounds();
    Rounds sung = new Rounds();
    Rounds around = new Rounds();
    for (int round = 0; round < rounds; round++) {
      double before = daemon.cpuMs();
      ServiceClient.TimedRender render = client.timed(order);
      cpu.add(daemon.cpuMs() - before);
      wall.add(render.wallMs());
      sung.add(render.sungMs());
      around.add(render.wallMs() - render.sungMs());
    }
    print(name, wall, cpu.best(), seconds * voices / (wall.best() / 1000), sung.best(), around.best());
    return wall.best();
  }

  private static void print(String name, Rounds wall, double cpuMs, double voiceSecPerSec, double sungMs, double aroundMs) {
    System.out.printf(Locale.ROOT, "%-26s %7.1f ms %7.1f ms %9.0f ms %14.0f %12.0f %7.1f ms %7.1f ms%n", name, wall.best(),
        wall.median(), cpuMs, voiceSecPerSec, voiceSecPerSec / REFERENCE_VOICE_SEC_PER_SEC, sungMs, aroundMs);
  }

  /** How long a listener waits for the first second of five minutes. */
  private static void streamed(ServiceClient client, int rounds) throws IOException, InterruptedException {
    byte[] order = TestScore.order(300, 4, true);
    Rounds first = new Rounds();
    for (int round = 0; round < rounds; round++) {
      first.add(client.firstSecond(order));
    }
    System.out.printf(Locale.ROOT, "first second of 300 s x 4 voices, streamed: best %.1f ms, median %.1f ms%n", first.best(),
        first.median());
  }

  /** Many clients at once with a short score each; the time of one is that of all divided by their number. */
  private static void shortOnes(DaemonProcess daemon) throws Exception {
    byte[] order = TestScore.order(2, 2, true);
    Rounds wall = new Rounds();
    Rounds cpu = new Rounds();
    for (int round = 0; round < 5; round++) {
      double before = daemon.cpuMs();
      long start = System.nanoTime();
      try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        Future<?>[] all = new Future<?>[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
          all[i] = clients.submit(() -> several(daemon, order));
        }
        for (Future<?> each : all) {
          each.get();
        }
      }
      wall.add((System.nanoTime() - start) / 1e6 / SHORT_RENDERS);
      cpu.add((daemon.cpuMs() - before) / SHORT_RENDERS);
    }
    print("2 s x 2 voices, 8 clients", wall, cpu.best(), 4 / (wall.best() / 1000), Double.NaN, Double.NaN);
  }

  private static void several(DaemonProcess daemon, byte[] order) {
    try (ServiceClient client = new ServiceClient(daemon.uri())) {
      for (int i = 0; i < SHORT_RENDERS / CLIENTS; i++) {
        client.render(order);
      }
    } catch (IOException | InterruptedException failed) {
      throw new CompletionException(failed);
    }
  }
}
