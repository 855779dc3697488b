package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An hour of blocks on a clock that the test owns: when each is due, what a listener has when they come late, and what time
 * that is lost does. Blocks are those that can be negotiated up to 1024 samples, Opus packets too.
 */
class BlockScheduleDriftTest {

  private static final long HOUR_SEC = 3600;
  private static final long NS_PER_SEC = 1_000_000_000L;
  private static final long NS_PER_MS = 1_000_000L;
  /** Half an hour before the monotonic clock turns from its greatest to its least value, which it may. */
  private static final long BEFORE_THE_CLOCK_WRAPS_NS = Long.MAX_VALUE - HOUR_SEC / 2 * NS_PER_SEC;
  private static final long LATEST_WAKE_UP_NS = NS_PER_MS;

  static Stream<Arguments> streams() {
    return IntStream.of(44_100, 48_000).boxed().flatMap(rateHz ->
        IntStream.of(64, 128, 256, 480, 512, 960, 1024).mapToObj(blockSize -> Arguments.of(rateHz, blockSize)));
  }

  @ParameterizedTest(name = "{0} Hz, {1} samples")
  @MethodSource("streams")
  void everyBlockIsDueAtStartPlusItsSamplesAndNothingAddsUp(int rateHz, int blockSize) {
    BlockSchedule schedule = new BlockSchedule(BEFORE_THE_CLOCK_WRAPS_NS, rateHz, blockSize);
    schedule.start(BEFORE_THE_CLOCK_WRAPS_NS + 1_234_567L);
    long startNs = schedule.dueNs();
    long worstErrorNs = 0;
    for (long block = 0; block <= HOUR_SEC * rateHz / blockSize; block++) {
      worstErrorNs = Math.max(worstErrorNs, Math.abs(schedule.dueNs() - startNs - nanos(block * blockSize, rateHz)));
      schedule.advance();
    }
    assertThat(worstErrorNs).as("rounding of the start and of the block").isLessThanOrEqualTo(1);
  }

  @ParameterizedTest(name = "{0} Hz, {1} samples")
  @MethodSource("streams")
  void aListenerWhoHasBufferedTheLongestStallHearsNoGapAndGetsNoMoreThanItLost(int rateHz, int blockSize) {
    Random random = new Random(rateHz * 31L + blockSize);
    AudioThread thread = new AudioThread(rateHz, blockSize, random);
    long longestStallNs = BlockSchedule.MAX_CATCH_UP_NS - 10 * NS_PER_MS;
    long primedSamples = samples(BlockSchedule.MAX_CATCH_UP_NS, rateHz) + 2L * blockSize;
    Listener listener = new Listener(rateHz, primedSamples);
    int stalls = 0;
    while (thread.elapsedNs() < HOUR_SEC * NS_PER_SEC) {
      boolean inTime = thread.sleepUntilDue();
      if (inTime && thread.elapsedNs() > NS_PER_SEC && random.nextInt(200) == 0) {
        thread.nowNs += random.nextLong(longestStallNs);
        stalls++;
      }
      assertThat(thread.playBlock()).as("samples lost").isZero();
      listener.arrived(thread.nowNs, blockSize);
    }
    assertThat(stalls).isGreaterThan(500);
    assertThat(listener.leastSamples).as("never ran dry").isGreaterThanOrEqualTo(0);
    assertThat(listener.mostSamples).as("late blocks fill up what was missing, no more").isLessThanOrEqualTo(primedSamples + 2L * blockSize);
  }

  @ParameterizedTest(name = "{0} Hz, {1} samples")
  @MethodSource("streams")
  void lostTimeIsSkippedWithoutABurstAndWithoutDrift(int rateHz, int blockSize) {
    Random random = new Random(rateHz * 37L + blockSize);
    AudioThread thread = new AudioThread(rateHz, blockSize, random);
    long startNs = thread.nowNs;
    long lost = 0;
    long blocks = 0;
    int burst = 0;
    while (thread.elapsedNs() < HOUR_SEC * NS_PER_SEC) {
      burst = thread.sleepUntilDue() ? 1 : burst + 1;
      long stallNs = random.nextInt(2000) == 0 ? BlockSchedule.MAX_CATCH_UP_NS + random.nextLong(30 * NS_PER_SEC) : 0;
      thread.nowNs += stallNs;
      long moved = thread.playBlock();
      blocks++;
      lost += moved;
      assertThat(moved > 0).isEqualTo(stallNs > 0);
      assertThat(moved).isLessThanOrEqualTo(samples(stallNs + LATEST_WAKE_UP_NS, rateHz) + 2L * BlockSchedule.GRID_SAMPLES);
      assertThat(burst).as("blocks at once").isLessThanOrEqualTo(2);
      assertThat(thread.schedule.nextSample()).as("samples are counted on without a gap").isEqualTo(blocks * blockSize);
    }
    assertThat(lost).isPositive();
    assertThat(thread.schedule.dueNs() - startNs - nanos(blocks * blockSize + lost, rateHz)).isBetween(-1L, 1L);
  }

  /** Wakes up a little late and needs a twentieth of a block's time to render it. */
  private static final class AudioThread {
    private final BlockSchedule schedule;
    private final Random random;
    private final long renderNs;
    private final long startNs;
    private long nowNs;

    AudioThread(int rateHz, int blockSize, Random random) {
      schedule = new BlockSchedule(BEFORE_THE_CLOCK_WRAPS_NS, rateHz, blockSize);
      schedule.start(BEFORE_THE_CLOCK_WRAPS_NS + 987_654L);
      startNs = schedule.dueNs();
      nowNs = startNs;
      renderNs = nanos(blockSize, rateHz) / 20;
      this.random = random;
    }

    long elapsedNs() {
      return nowNs - startNs;
    }

    /** @return whether there was time to sleep */
    boolean sleepUntilDue() {
      if (schedule.dueNs() - nowNs < 0) {
        return false;
      }
      nowNs = schedule.dueNs() + random.nextLong(LATEST_WAKE_UP_NS);
      return true;
    }

    /** @return samples by which the stream was moved */
    long playBlock() {
      long moved = schedule.moveIfHopeless(nowNs);
      nowNs += renderNs;
      schedule.advance();
      return moved;
    }
  }

  /** Begins to play when enough is buffered, and plays on at its rate from then. */
  private static final class Listener {
    private final int rateHz;
    private final long primedSamples;
    private long received;
    private boolean playing;
    private long playingSinceNs;
    private long leastSamples = Long.MAX_VALUE;
    private long mostSamples;

    Listener(int rateHz, long primedSamples) {
      this.rateHz = rateHz;
      this.primedSamples = primedSamples;
    }

    void arrived(long nowNs, int samples) {
      if (playing) {
        leastSamples = Math.min(leastSamples, received - samples(nowNs - playingSinceNs, rateHz));
      }
      received += samples;
      if (!playing && received >= primedSamples) {
        playing = true;
        playingSinceNs = nowNs;
      }
      if (playing) {
        mostSamples = Math.max(mostSamples, received - samples(nowNs - playingSinceNs, rateHz));
      }
    }
  }

  /** Exact for an hour. */
  private static long nanos(long samples, int rateHz) {
    return samples * NS_PER_SEC / rateHz;
  }

  private static long samples(long nanos, int rateHz) {
    return nanos / NS_PER_SEC * rateHz + Math.ceilDiv(nanos % NS_PER_SEC * rateHz, NS_PER_SEC);
  }
}
