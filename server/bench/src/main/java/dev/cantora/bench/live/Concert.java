package dev.cantora.bench.live;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Sessions that play their parts for a while. It ends by the clock, whether the daemon kept up or not.
 *
 * @param sessions that are listened to
 * @param settleSec played before the measurement
 * @param seconds measured
 * @param besideFrozen whether one more reader stops reading once it plays
 */
record Concert(int sessions, int settleSec, int seconds, boolean besideFrozen) {

  /** For the last frames to arrive; what comes later than that did not come. */
  private static final long TAIL_NS = 1_000_000_000L;

  Outcome play(Hall hall) throws IOException, InterruptedException {
    int first = hall.frames(settleSec);
    int measured = hall.frames(seconds);
    Part[] parts = hall.parts(settleSec + seconds);
    ThreadTimes threads = new ThreadTimes(hall.daemon());
    try (Audience audience = hall.audience()) {
      int wanted = sessions + (besideFrozen ? 1 : 0);
      int came = audience.gather(wanted, parts, number -> new Tally(hall.blockSize(), first, measured));
      List<Player> heard = List.copyOf(audience.players().subList(0, besideFrozen ? came - 1 : came));
      audience.playAll(new Random(1));
      if (besideFrozen) {
        audience.players().getLast().freeze(audience.selector());
      }
      long beganNs = System.nanoTime();
      audience.runFor(beganNs + settleSec * 1_000_000_000L);
      audience.forgetTurns();
      Usage usage = new Usage(hall.daemon());
      threads.begin();
      long endNs = beganNs + (settleSec + seconds) * 1_000_000_000L;
      audience.runFor(endNs);
      usage.end();
      threads.end();
      audience.runUntil(() -> System.nanoTime() - endNs > TAIL_NS
          || heard.stream().allMatch(player -> player.frames() >= first + measured || player.state() == Player.State.ENDED));
      List<Tally> tallies = heard.stream().map(Player::tally).toList();
      return new Outcome(wanted - came, tallies, usage, threads, audience.longestTurnMs());
    }
  }
}
