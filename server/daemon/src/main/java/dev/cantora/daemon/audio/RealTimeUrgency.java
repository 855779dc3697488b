package dev.cantora.daemon.audio;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real-time scheduling as audio servers use it (sched(7), SCHED_RR): the thread runs as soon as it wakes, however busy the
 * machine is. Linux grants it to root, with CAP_SYS_NICE, or within RLIMIT_RTPRIO; elsewhere nothing is asked for. Java's own
 * priorities would not do: on a busy machine nice -11 wakes as late as nice 0 (measured on Linux 6.18: p99 15 to 70 ms, with
 * SCHED_RR 0.1 ms).
 */
public final class RealTimeUrgency implements Urgency {

  private static final Logger LOG = LoggerFactory.getLogger(RealTimeUrgency.class);
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_RR = 2;
  /** Threads that a real-time thread starts are ordinary ones. */
  private static final int RESET_ON_FORK = 0x4000_0000;
  /** Of 1 to 99; audio servers use 10 and up, kernel threads 50. */
  private static final int PRIORITY = 10;
  private static final int CALLING_THREAD = 0;

  /** Linked when it is first used: that takes the JVM some 50 ms, which a start need not wait for. */
  private static final class Native {
    static final Optional<MethodHandle> SET_SCHEDULER = Linker.nativeLinker().defaultLookup().find("sched_setscheduler")
        .map(function -> Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
  }

  private RealTimeUrgency() {}

  /** What this system offers. */
  public static Urgency ofSystem() {
    return System.getProperty("os.name").equals("Linux") ? new RealTimeUrgency() : Urgency.NONE;
  }

  /** Links and calls everything once; a thread that calls it is an ordinary one afterwards, as it was before. */
  @Override
  public void prepare() {
    lower();
  }

  @Override
  public boolean raise() {
    return schedule(SCHED_RR | RESET_ON_FORK, PRIORITY);
  }

  @Override
  public void lower() {
    schedule(SCHED_OTHER, 0);
  }

  private boolean schedule(int policy, int priority) {
    if (Native.SET_SCHEDULER.isEmpty()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameter = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
      return (int) Native.SET_SCHEDULER.get().invokeExact(CALLING_THREAD, policy, parameter) == 0;
    } catch (Throwable unexpected) {
      LOG.warn("audio_scheduling_failed", unexpected);
      return false;
    }
  }
}
