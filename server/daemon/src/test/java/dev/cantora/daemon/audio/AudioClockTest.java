package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AudioClockTest {

  @Test
  void tasksRunAtTheTimesTheyAskForAndNeverEarly() throws InterruptedException {
    try (AudioClock clock = new AudioClock(1)) {
      CountDownLatch done = new CountDownLatch(20);
      List<Long> earlyNs = new ArrayList<>();
      long[] next = {0};
      clock.join(now -> {
        if (next[0] != 0 && now - next[0] < 0) {
          earlyNs.add(next[0] - now);
        }
        done.countDown();
        next[0] = now + 2_000_000;
        return done.getCount() == 0 ? AudioTask.IDLE : next[0];
      });
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(earlyNs).isEmpty();
    }
  }

  @Test
  void anIdleTaskRunsOnlyWhenWoken() throws InterruptedException {
    try (AudioClock clock = new AudioClock(2)) {
      AtomicInteger runs = new AtomicInteger();
      AudioClock.Seat seat = clock.join(now -> {
        runs.incrementAndGet();
        synchronized (runs) {
          runs.notifyAll();
        }
        return AudioTask.IDLE;
      });
      for (int expected = 1; expected <= 100; expected++) {
        synchronized (runs) {
          while (runs.get() < expected) {
            runs.wait();
          }
        }
        assertThat(runs.get()).isEqualTo(expected);
        seat.wake();
      }
    }
  }

  @Test
  void aTaskKeepsItsThreadAndTasksSpreadOverAllThreads() throws InterruptedException {
    try (AudioClock clock = new AudioClock(2)) {
      Set<String> all = ConcurrentHashMap.newKeySet();
      CountDownLatch done = new CountDownLatch(10);
      for (int i = 0; i < 10; i++) {
        Set<String> mine = ConcurrentHashMap.newKeySet();
        int[] runs = {0};
        clock.join(now -> {
          mine.add(Thread.currentThread().getName());
          if (++runs[0] == 5) {
            assertThat(mine).hasSize(1);
            all.addAll(mine);
            done.countDown();
            return AudioTask.IDLE;
          }
          return now;
        });
      }
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(all).containsExactlyInAnyOrder("audio-0", "audio-1");
    }
  }

  @Test
  void aTaskThatFailsIsTakenOffAndTheOthersGoOn() throws InterruptedException {
    try (AudioClock clock = new AudioClock(1)) {
      clock.join(now -> {
        throw new IllegalStateException("on purpose");
      });
      CountDownLatch goesOn = new CountDownLatch(5);
      AudioClock.Seat seat = clock.join(now -> {
        goesOn.countDown();
        return now + 1_000_000;
      });
      assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(clock.tasks()).isEqualTo(1);
      seat.leave();
      assertThat(clock.tasks()).isZero();
    }
  }
}
