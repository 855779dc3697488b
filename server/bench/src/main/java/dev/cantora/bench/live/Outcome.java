package dev.cantora.bench.live;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What the sessions of a concert received, and what that cost. */
final class Outcome {

  private static final int TROUBLES_SHOWN = 5;

  private final int absent;
  private final List<Tally> tallies;
  private final Usage usage;
  private final ThreadTimes threads;
  private final double longestTurnMs;
  private final Histogram latenessUs = new Histogram(3);

  /**
   * @param absent sessions that did not come about
   * @param longestTurnMs longest time this process did not look at its sockets
   */
  Outcome(int absent, List<Tally> tallies, Usage usage, ThreadTimes threads, double longestTurnMs) {
    this.absent = absent;
    this.tallies = tallies;
    this.usage = usage;
    this.threads = threads;
    this.longestTurnMs = longestTurnMs;
    tallies.forEach(tally -> tally.addLateness(latenessUs));
  }

  double latenessMs(double percentile) {
    return latenessUs.getValueAtPercentile(percentile) / 1e3;
  }

  /** Whether every session was there and got every frame in time, with the right samples. */
  boolean clean() {
    return absent == 0 && sum(Tally::lostFrames) == 0 && sum(Tally::framesNotInTime) == 0 && sum(Tally::wrongFrames) == 0
        && tallies.stream().allMatch(tally -> tally.troubles().isEmpty());
  }

  void print() {
    if (absent > 0) {
      System.out.printf(Locale.ROOT, "        %d sessions did not come about in time%n", absent);
    }
    System.out.printf(Locale.ROOT, "        frames due %d, received %d, lost %d, not in time %d, wrong %d; lost before, while warming up, %d%n",
        sum(Tally::framesDue), sum(Tally::received), sum(Tally::lostFrames), sum(Tally::framesNotInTime), sum(Tally::wrongFrames),
        sum(Tally::lostBefore));
    System.out.printf(Locale.ROOT, "        lateness p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms; this client looked away for %.1f ms at most%n",
        latenessMs(50), latenessMs(99), latenessMs(99.9), latenessUs.getMaxValue() / 1e3, longestTurnMs);
    System.out.printf(Locale.ROOT, "        cores used: daemon %.2f, this client %.2f%n", usage.daemonCores(), usage.clientCores());
    threads.print(sum(Tally::received));
    tallies.stream().flatMap(tally -> tally.troubles().stream()).distinct().limit(TROUBLES_SHOWN)
        .forEach(trouble -> System.out.println("        " + trouble));
  }

  private long sum(ToLongFunction<Tally> of) {
    return tallies.stream().mapToLong(of).sum();
  }
}
