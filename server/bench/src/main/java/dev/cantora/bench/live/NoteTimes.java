package dev.cantora.bench.live;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from a key to its sound.
 *
 * @param sessions whose keys are pressed about twice a second
 */
record NoteTimes(int sessions, int settleSec, int seconds) {

  private static final int NOTE_SEED = 2;

  /** @return whether nearly all notes were heard in time */
  boolean measure(Hall hall) throws IOException {
    Histogram latencyUs = new Histogram(3);
    double longestTurnMs;
    Usage usage;
    ThreadTimes threads = new ThreadTimes(hall.daemon());
    long frames;
    try (Audience audience = hall.audience()) {
      audience.gather(sessions, hall.unwritten(), number -> new Tally(hall.blockSize(), 0, 0));
      Keyboard[] keyboards = new Keyboard[audience.players().size()];
      for (int i = 0; i < keyboards.length; i++) {
        keyboards[i] = new Keyboard(audience.players().get(i), hall.blockSize(), hall.voices(), latencyUs, new Random(i));
      }
      audience.playAll(new Random(NOTE_SEED));
      long warmNs = System.nanoTime() + settleSec * 1_000_000_000L;
      audience.runFor(warmNs, nowNs -> playKeys(keyboards, nowNs));
      latencyUs.reset();
      audience.forgetTurns();
      usage = new Usage(hall.daemon());
      threads.begin();
      frames = allFrames(audience);
      audience.runFor(warmNs + seconds * 1_000_000_000L, nowNs -> playKeys(keyboards, nowNs));
      usage.end();
      threads.end();
      frames = allFrames(audience) - frames;
      longestTurnMs = audience.longestTurnMs();
    }
    double p99 = latencyUs.getValueAtPercentile(99) / 1e3;
    boolean good = p99 <= hall.blockMs() + 1;
    System.out.printf(Locale.ROOT, "notes   %d sessions, %d notes: note_on sent to first frame with it received p50 %.2f, p99 %.2f, "
        + "p99.9 %.2f, max %.2f ms%n", sessions, latencyUs.getTotalCount(), latencyUs.getValueAtPercentile(50) / 1e3, p99,
        latencyUs.getValueAtPercentile(99.9) / 1e3, latencyUs.getMaxValue() / 1e3);
    System.out.printf(Locale.ROOT, "        cores used: daemon %.2f, this client %.2f, which looked away for %.1f ms at most%n",
        usage.daemonCores(), usage.clientCores(), longestTurnMs);
    threads.print(frames);
    System.out.printf(Locale.ROOT, "        goal %s: p99 at most one block and 1 ms (%.2f ms)%n", good ? "met" : "MISSED", hall.blockMs() + 1);
    return good;
  }

  private static long allFrames(Audience audience) {
    return audience.players().stream().mapToLong(Player::frames).sum();
  }

  private static void playKeys(Keyboard[] keyboards, long nowNs) throws IOException {
    for (Keyboard keyboard : keyboards) {
      keyboard.playWhenDue(nowNs);
    }
  }
}
