package dev.cantora.daemon.audio;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few platform threads that run audio tasks when they are due, before all other threads where the system allows it. Each
 * task belongs to one thread for life. A thread sleeps until the earliest due time of its tasks or until one of them is woken.
 * One that has not slept for a while has too much to do, and gives up its precedence until it sleeps again, so that others
 * get something done.
 *
 * <p>One thread never has precedence. Inside the JVM threads wait for each other in loops, as when a call is linked: if all
 * processors were busy with urgent threads that wait so, the thread they wait for would not run. Tasks go to the urgent threads
 * first.
 */
public final class AudioClock implements AutoCloseable {

  /** A task's place on the clock. */
  public final class Seat {
    private final Shard shard;
    private final AudioTask task;
    private final AtomicBoolean woken = new AtomicBoolean(true);
    private long dueNs;

    private Seat(Shard shard, AudioTask task) {
      this.shard = shard;
      this.task = task;
    }

    /** Has the task run as soon as possible. Any thread. */
    public void wake() {
      if (!woken.get() && woken.compareAndSet(false, true)) {
        shard.wake();
      }
    }

    /** Buffers that the task shares with the others of its thread. Only for {@link AudioTask#run} and what follows it. */
    public AudioScratch scratch() {
      return shard.scratch;
    }

    /** Takes the task off the clock; it may run once more. Any thread. */
    public void leave() {
      shard.remove(this);
    }
  }

  /** Tasks that are flushed together: with four voices each some 0.3 ms of work. */
  private static final int BATCH = 16;
  /**
   * Tasks that an urgent thread takes before an ordinary one gets its first: of four voices, a third of a processor. When there
   * are many all threads have as many, so that none has too much to do before the others.
   */
  static final int FIRST_TO_THE_URGENT = 16;
  /** A thread that works for longer without a pause is overloaded; making up for what is late takes less. */
  static final long LONGEST_WORK_NS = 1_000_000_000L;
  private static final Logger LOG = LoggerFactory.getLogger(AudioClock.class);

  private final Shard[] shards;
  private final long epochNs = System.nanoTime();
  private volatile boolean running = true;

  /**
   * @param threads at least 1, at most one per processor
   * @param urgency of these threads, but for one where there are several
   */
  public AudioClock(int threads, Urgency urgency) {
    shards = new Shard[threads];
    for (int i = 0; i < threads; i++) {
      shards[i] = new Shard("audio-" + i, i == 0 || i < threads - 1 ? urgency : Urgency.NONE);
    }
    for (Shard shard : shards) {
      shard.thread.start();
    }
  }

  /** Origin of the grid of all schedules. */
  public long epochNs() {
    return epochNs;
  }

  /** Seats a task on the thread that has the fewest, urgent ones first. It runs once at once. */
  public synchronized Seat join(AudioTask task) {
    Shard emptiest = shards[0];
    for (Shard shard : shards) {
      if (shard.comesBefore(emptiest)) {
        emptiest = shard;
      }
    }
    Seat seat = new Seat(emptiest, task);
    emptiest.add(seat);
    return seat;
  }

  /** Tasks on the clock. */
  public synchronized int tasks() {
    int sum = 0;
    for (Shard shard : shards) {
      sum += shard.seats.length;
    }
    return sum;
  }

  @Override
  public void close() {
    running = false;
    for (Shard shard : shards) {
      shard.wake();
    }
  }

  private final class Shard {
    private final Thread thread;
    private volatile Seat[] seats = {};
    private volatile boolean awake;
    private final AudioScratch scratch = new AudioScratch();
    private final Seat[] ran = new Seat[BATCH];
    private int ranCount;
    private final Urgency urgency;
    private volatile boolean mayBeUrgent;
    private boolean urgent;
    private long restedNs;

    Shard(String name, Urgency urgency) {
      this.urgency = urgency;
      this.mayBeUrgent = urgency != Urgency.NONE;
      thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Whether a new task goes here rather than there. */
    boolean comesBefore(Shard other) {
      return rank() < other.rank() || rank() == other.rank() && seats.length < other.seats.length;
    }

    private int rank() {
      return mayBeUrgent ? seats.length : Math.max(seats.length, FIRST_TO_THE_URGENT);
    }

    void wake() {
      awake = true;
      LockSupport.unpark(thread);
    }

    private void run() {
      awaitWork();
      urgent = urgency.raise();
      LOG.atDebug().addKeyValue("realTime", urgent).log("audio_thread_started");
      mayBeUrgent = urgent;
      restedNs = System.nanoTime();
      while (running) {
        awake = false;
        long nextNs = runDue();
        long nowNs = System.nanoTime();
        if (awake || nextNs != AudioTask.IDLE && nextNs - nowNs <= 0) {
          calmDown(nowNs);
          continue;
        }
        if (mayBeUrgent && !urgent) {
          urgent = urgency.raise();
        }
        if (!running) {
          return;
        }
        if (nextNs == AudioTask.IDLE) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, nextNs - nowNs);
        }
        restedNs = System.nanoTime();
      }
    }

    /** A thread asks for precedence when it has something to do for the first time. */
    private void awaitWork() {
      while (running && seats.length == 0) {
        LockSupport.park(this);
      }
    }

    private void calmDown(long nowNs) {
      if (urgent && nowNs - restedNs > LONGEST_WORK_NS) {
        urgent = false;
        urgency.lower();
      }
    }

    /** @return the earliest next due time */
    private long runDue() {
      long nowNs = System.nanoTime();
      long nextNs = AudioTask.IDLE;
      for (Seat seat : seats) {
        boolean woken = seat.woken.get() && seat.woken.compareAndSet(true, false);
        if (woken || seat.dueNs != AudioTask.IDLE && seat.dueNs - nowNs <= 0) {
          seat.dueNs = runOne(seat, nowNs);
          ran[ranCount++] = seat;
          if (ranCount == BATCH) {
            flush();
          }
          nowNs = System.nanoTime();
        }
        if (seat.dueNs != AudioTask.IDLE && (nextNs == AudioTask.IDLE || seat.dueNs - nextNs < 0)) {
          nextNs = seat.dueNs;
        }
      }
      flush();
      return nextNs;
    }

    private void flush() {
      for (int i = 0; i < ranCount; i++) {
        try {
          ran[i].task.flush();
        } catch (RuntimeException | Error e) {
          LOG.error("audio_task_failed", e);
          remove(ran[i]);
        }
        ran[i] = null;
      }
      ranCount = 0;
    }

    private long runOne(Seat seat, long nowNs) {
      try {
        return seat.task.run(nowNs);
      } catch (RuntimeException | Error e) {
        // a task deals with its own faults; one that does not is taken off so that the others go on
        LOG.error("audio_task_failed", e);
        remove(seat);
        return AudioTask.IDLE;
      }
    }

    void add(Seat seat) {
      synchronized (AudioClock.this) {
        Seat[] more = java.util.Arrays.copyOf(seats, seats.length + 1);
        more[seats.length] = seat;
        seats = more;
      }
      wake();
    }

    void remove(Seat seat) {
      synchronized (AudioClock.this) {
        int at = java.util.Arrays.asList(seats).indexOf(seat);
        if (at < 0) {
          return;
        }
        Seat[] fewer = new Seat[seats.length - 1];
        System.arraycopy(seats, 0, fewer, 0, at);
        System.arraycopy(seats, at + 1, fewer, at, fewer.length - at);
        seats = fewer;
      }
    }
  }
}
