package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class BlockScheduleTest {

  private static final long EPOCH_NS = -7_123_456_789L;

  @ParameterizedTest
  @CsvSource({"48000, 64", "48000, 512", "48000, 480", "44100, 512", "44100, 2048"})
  void anHourOfBlocksEndsAnHourLaterToTheNanosecond(int rate, int blockSize) {
    BlockSchedule schedule = new BlockSchedule(EPOCH_NS, rate, blockSize);
    schedule.start(5_000_000_000L);
    long first = schedule.dueNs();
    long blocks = 3600L * rate / blockSize;
    for (long i = 0; i < blocks; i++) {
      schedule.advance();
    }
    double exactNs = blocks * (double) blockSize / rate * 1e9;
    assertThat(schedule.dueNs() - first).isCloseTo((long) exactNs, org.assertj.core.data.Offset.offset(2L));
  }

  @Test
  void streamsStartWithinOneGridStepAndNeverEarly() {
    for (int i = 0; i < 10_000; i++) {
      long now = EPOCH_NS + i * 123_457L;
      BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, 512);
      schedule.start(now);
      assertThat(schedule.dueNs() - now).isBetween(0L, 666_667L);
    }
  }

  @Test
  void streamsOfAllBlockSizesFallDueOnTheSameGrid() {
    for (int blockSize : new int[] {64, 128, 256, 480, 512, 960, 1024, 2048}) {
      BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, blockSize);
      schedule.start(987_654_321L);
      for (int i = 0; i < 100; i++) {
        double grid = (schedule.dueNs() - EPOCH_NS) * 48000 / 1e9 / BlockSchedule.GRID_SAMPLES;
        assertThat(Math.abs(grid - Math.rint(grid))).isLessThan(1e-3);
        schedule.advance();
      }
    }
  }

  @Test
  void eventsKeepTheirSpacingToTheSampleAndSoundWithinTheNextBlock() {
    BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, 512);
    schedule.start(0);
    long start = schedule.dueNs();
    for (int i = 0; i < 40; i++) {
      schedule.advance();
    }
    // block 40 is due; what happened since block 39 was rendered falls into it
    long previousDue = start + 39 * 512 * 1_000_000_000L / 48000;
    long last = -1;
    for (int sample = 0; sample < 512; sample++) {
      long at = schedule.soundingSample(previousDue + sample * 1_000_000_000L / 48000 + 10_000);
      assertThat(at).isBetween(schedule.nextSample(), schedule.nextSample() + 511);
      if (last >= 0) {
        assertThat(at - last).isEqualTo(1);
      }
      last = at;
    }
  }

  @Test
  void anEventFromBeforeTheLastBlockSoundsAtOnce() {
    BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, 512);
    schedule.start(0);
    schedule.advance();
    schedule.advance();
    assertThat(schedule.soundingSample(schedule.dueNs() - 1_000_000_000L)).isEqualTo(1024);
  }

  @Test
  void aStreamThatIsLittleLateStaysWhereItIs() {
    BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, 512);
    schedule.start(0);
    long due = schedule.dueNs();
    assertThat(schedule.moveIfHopeless(due + BlockSchedule.MAX_CATCH_UP_NS)).isZero();
    assertThat(schedule.dueNs()).isEqualTo(due);
  }

  @Test
  void aStreamThatIsHopelesslyLateGoesOnFromNow() {
    BlockSchedule schedule = new BlockSchedule(EPOCH_NS, 48000, 512);
    schedule.start(0);
    schedule.advance();
    long now = schedule.dueNs() + 60_000_000_000L;
    long moved = schedule.moveIfHopeless(now);
    assertThat(moved).isBetween(60L * 48000, 60L * 48000 + 32);
    assertThat(schedule.dueNs() - now).isBetween(0L, 666_667L);
    assertThat(schedule.nextSample()).isEqualTo(512);
    assertThat(schedule.sampleAt(schedule.dueNs())).isBetween(511L, 512L);
  }

  @Test
  void blockSizesOffTheGridAreRefused() {
    assertThatThrownBy(() -> new BlockSchedule(0, 48000, 500)).isInstanceOf(IllegalArgumentException.class);
  }
}
