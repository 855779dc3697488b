package dev.cantora.daemon.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AudioClockTest {

  @Test
  void tasksRunAtTheTimesTheyAskForAndNeverEarly() throws InterruptedException {
    try (AudioClock clock = new AudioClock(1, Urgency.NONE)) {
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
  void tasksThatAreDueTogetherAreFlushedAfterTheyRan() throws InterruptedException {
    int tasks = 40;
    List<String> calls = new CopyOnWriteArrayList<>();
    CountDownLatch allWoken = new CountDownLatch(1);
    CountDownLatch flushed = new CountDownLatch(tasks);
    AtomicBoolean together = new AtomicBoolean();
    try (AudioClock clock = new AudioClock(1, Urgency.NONE)) {
      AudioClock.Seat holdsTheThread = clock.join(nowNs -> {
        if (together.get()) {
          await(allWoken);
        }
        return AudioTask.IDLE;
      });
      List<AudioClock.Seat> seats = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        seats.add(clock.join(new AudioTask() {
          private boolean ran;

          @Override
          public long run(long nowNs) {
            ran = together.get() && allWoken.getCount() == 0;
            if (ran) {
              calls.add("run");
            }
            return IDLE;
          }

          @Override
          public void flush() {
            if (ran) {
              calls.add("flush");
              flushed.countDown();
            }
          }
        }));
      }
      together.set(true);
      holdsTheThread.wake();
      seats.forEach(AudioClock.Seat::wake);
      allWoken.countDown();
      seats.forEach(AudioClock.Seat::wake);
      assertThat(flushed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(calls.indexOf("flush")).as("several run before the first is flushed, but not more than sixteen").isBetween(1, 16);
      assertThat(Collections.frequency(calls, "run")).isGreaterThanOrEqualTo(tasks);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anIdleTaskRunsOnlyWhenWoken() throws InterruptedException {
    try (AudioClock clock = new AudioClock(2, Urgency.NONE)) {
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
    try (AudioClock clock = new AudioClock(2, Urgency.NONE)) {
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
    try (AudioClock clock = new AudioClock(1, Urgency.NONE)) {
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

  @Test
  void aThreadThatNeverRestsGivesUpItsPrecedenceUntilItDoes() throws InterruptedException {
    List<String> calls = new CopyOnWriteArrayList<>();
    CountDownLatch lowered = new CountDownLatch(1);
    CountDownLatch raisedAgain = new CountDownLatch(2);
    Urgency urgency = new Urgency() {
      @Override
      public boolean raise() {
        calls.add("raise");
        raisedAgain.countDown();
        return true;
      }

      @Override
      public void lower() {
        calls.add("lower");
        lowered.countDown();
      }
    };
    try (AudioClock clock = new AudioClock(1, urgency)) {
      clock.join(nowNs -> lowered.getCount() > 0 ? nowNs - 1 : AudioTask.IDLE);
      assertThat(lowered.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(raisedAgain.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(calls).containsExactly("raise", "lower", "raise");
  }

  @Test
  void whereItIsRefusedNobodyAsksAgain() throws InterruptedException {
    List<String> calls = new CopyOnWriteArrayList<>();
    Urgency refused = new Urgency() {
      @Override
      public boolean raise() {
        calls.add("raise");
        return false;
      }

      @Override
      public void lower() {
        calls.add("lower");
      }
    };
    try (AudioClock clock = new AudioClock(1, refused)) {
      CountDownLatch runs = new CountDownLatch(10);
      clock.join(nowNs -> {
        runs.countDown();
        return nowNs + 1_000_000;
      });
      assertThat(runs.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(calls).containsExactly("raise");
  }

  @Test
  void oneOfSeveralThreadsIsNeverUrgentAndTheOthersGetTheFirstTasks() throws InterruptedException {
    Set<String> urgent = ConcurrentHashMap.newKeySet();
    Urgency urgency = new Urgency() {
      @Override
      public boolean raise() {
        urgent.add(Thread.currentThread().getName());
        return true;
      }

      @Override
      public void lower() {}
    };
    int first = 2 * AudioClock.FIRST_TO_THE_URGENT;
    int most = 3 * (AudioClock.FIRST_TO_THE_URGENT + 1);
    try (AudioClock clock = new AudioClock(3, urgency)) {
      List<String> places = new CopyOnWriteArrayList<>();
      for (int i = 1; i <= most; i++) {
        clock.join(nowNs -> {
          places.add(Thread.currentThread().getName());
          return AudioTask.IDLE;
        });
        while (places.size() < i) {
          Thread.onSpinWait();
        }
      }
      assertThat(places.subList(0, first)).containsOnly("audio-0", "audio-1");
      assertThat(places.subList(first, first + AudioClock.FIRST_TO_THE_URGENT)).containsOnly("audio-2");
      assertThat(places).as("as many each in the end").satisfies(all -> {
        for (String thread : List.of("audio-0", "audio-1", "audio-2")) {
          assertThat(Collections.frequency(all, thread)).isEqualTo(most / 3);
        }
      });
      assertThat(urgent).containsExactlyInAnyOrder("audio-0", "audio-1");
    }
  }
}
