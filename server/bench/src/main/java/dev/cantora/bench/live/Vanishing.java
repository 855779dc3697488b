package dev.cantora.bench.live;

import java.io.IOException;
import java.util.Locale;
import java.util.Random;

/**
 * All players vanish at once while they play, and again, until as many have gone as were wanted.
 *
 * @param crowd that vanishes together
 */
record Vanishing(int dead, int crowd) {

  private static final int MOST_FREEING_MS = 100;
  private static final long FREEING_PATIENCE_NS = 10_000_000_000L;
  /** Pools of the runtime may grow by this many while a thousand sessions come and go. */
  private static final int SPARE_THREADS = 4;
  private static final int FRAMES_BEFORE = 20;

  /** @return whether all were freed in time and left nothing */
  boolean measure(Hall hall) throws IOException, InterruptedException {
    double worstMs = 0;
    int freed = 0;
    int threadsAfterFirst = 0;
    try (SessionCount count = new SessionCount(hall.daemon())) {
      while (freed < dead) {
        int some = Math.min(crowd, dead - freed);
        worstMs = Math.max(worstMs, vanish(hall, some, count));
        threadsAfterFirst = freed == 0 ? hall.daemon().threads() : threadsAfterFirst;
        freed += some;
      }
    }
    int threads = hall.daemon().threads();
    boolean good = worstMs <= MOST_FREEING_MS && threads <= threadsAfterFirst + SPARE_THREADS;
    System.out.printf(Locale.ROOT, "gone    %d players in crowds of %d, half by FIN and half by RST: all of a crowd freed %.1f ms after its "
        + "last left at the latest; threads %d after the first crowd, %d in the end%n", freed, crowd, worstMs, threadsAfterFirst, threads);
    System.out.printf(Locale.ROOT, "        goal %s: within %d ms, no session and no thread left%n", good ? "met" : "MISSED", MOST_FREEING_MS);
    return good;
  }

  /** @return from the last one's end to the daemon's word that no session is left, in ms */
  private static double vanish(Hall hall, int players, SessionCount count) throws IOException, InterruptedException {
    try (Audience audience = hall.audience()) {
      audience.gather(players, hall.unwritten(), number -> new Tally(hall.blockSize(), 0, 0));
      audience.playAll(new Random(3));
      audience.runUntil(() -> audience.players().stream().allMatch(player -> player.frames() >= FRAMES_BEFORE));
      if (count.live() != players) {
        throw new IOException("of " + players + " sessions the daemon knows " + count.live());
      }
      audience.vanish();
      long leftNs = System.nanoTime();
      while (count.live() > 0) {
        if (System.nanoTime() - leftNs > FREEING_PATIENCE_NS) {
          throw new IOException(count.live() + " sessions are still there 10 s after their players left");
        }
      }
      return (System.nanoTime() - leftNs) / 1e6;
    }
  }
}
