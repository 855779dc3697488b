package dev.cantora.bench.render;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.ServiceClient;
import dev.cantora.bench.TestScore;
import dev.cantora.bench.Vitals;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What ten minutes in 16 voices take of a daemon's heap while they are rendered and streamed over HTTP. */
final class LongRenderMemory {

  private static final int SECONDS = 600;
  private static final int VOICES = 16;
  private static final double MOST_MIB = 64;
  /** The usual limits end at five minutes. */
  private static final Map<String, String> LIMITS = Map.of("MAX_RENDER_DURATION_SEC", "700", "MAX_NOTES_PER_SCORE", "30000",
      "JSON_BODY_LIMIT", "8mb", "RENDER_PER_BUDGET_MB", "1000", "RENDER_STORE_BUDGET_MB", "2000");

  private LongRenderMemory() {}

  static void print() throws IOException, InterruptedException, ExecutionException {
    print(SECONDS, VOICES);
  }

  private static void print(int seconds, int voices) throws IOException, InterruptedException, ExecutionException {
    byte[] order = TestScore.order(seconds, voices, true);
    try (DaemonProcess daemon = DaemonProcess.start(LIMITS);
        ServiceClient client = new ServiceClient(daemon.uri());
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      client.stream(TestScore.order(10, voices, true));
      double idle = Vitals.liveMib(daemon);
      Future<Long> bytes = threads.submit(() -> client.stream(order));
      double most = idle;
      int looks = 0;
      while (!bytes.isDone()) {
        most = Math.max(most, Vitals.liveMib(daemon));
        looks++;
      }
      System.out.printf(Locale.ROOT, "heap in use, %d s x %d voices, streamed (%d MiB of audio): idle %.1f MiB, at most %.1f MiB above "
          + "it in %d looks (goal: %.0f), afterwards %.1f MiB%n", seconds, voices, bytes.get() >> 20, idle, most - idle, looks,
          MOST_MIB, Vitals.liveMib(daemon));
    }
  }
}
