package dev.cantora.daemon.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readiness and shutdown. Parts of the daemon register what keeps them from being ready and what they must do before the
 * end. On {@link #drain} new work is refused at once, then the stages run in their order, each told how much time is left.
 */
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** Order of the way down: sockets first, so that their takes are stored; renders after them; files last. */
  public enum Stage { SOCKETS, RENDERS, STORE, BACKGROUND }

  /** Something to finish. */
  @FunctionalInterface
  public interface Closer {
    /**
     * Finishes within the time left, or gives up.
     *
     * @return whether everything was finished
     */
    boolean close(Duration left) throws Exception;
  }

  private record Registered(Stage stage, String name, Closer closer) {}

  private final List<Registered> closers = new CopyOnWriteArrayList<>();
  private final List<Supplier<Optional<String>>> readiness = new CopyOnWriteArrayList<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean started;

  /** Registers work for the way down. */
  public void onShutdown(Stage stage, String name, Closer closer) {
    closers.add(new Registered(stage, name, closer));
  }

  /** Registers a reason not to be ready, such as {@code render_store_not_directory}; empty means all is well. */
  public void readiness(Supplier<Optional<String>> failing) {
    readiness.add(failing);
  }

  /** Everything is set up; from now on only the registered checks count. */
  public void started() {
    started = true;
  }

  /** New work is refused with SERVER_SHUTDOWN from now on. */
  public boolean draining() {
    return draining.get();
  }

  /** Why the daemon is not ready; empty when it is. */
  public List<String> failing() {
    List<String> reasons = new ArrayList<>();
    if (!started) {
      reasons.add("init_incomplete");
    }
    if (draining()) {
      reasons.add("render_queue_draining");
    }
    readiness.forEach(check -> check.get().filter(reason -> !reasons.contains(reason)).ifPresent(reasons::add));
    return reasons;
  }

  /**
   * Refuses new work and runs all stages. A second call returns at once.
   *
   * @return whether everything finished in time
   */
  public boolean drain(Duration deadline) {
    if (!draining.compareAndSet(false, true)) {
      return true;
    }
    long endNs = System.nanoTime() + deadline.toNanos();
    LOG.atInfo().addKeyValue("deadlineMs", deadline.toMillis()).log("shutdown_started");
    boolean clean = true;
    for (Stage stage : Stage.values()) {
      for (Registered each : closers) {
        if (each.stage == stage) {
          clean &= close(each, endNs);
        }
      }
    }
    LOG.atInfo().addKeyValue("clean", clean).log("shutdown_drained");
    return clean;
  }

  private static boolean close(Registered each, long endNs) {
    Duration left = Duration.ofNanos(Math.max(0, endNs - System.nanoTime()));
    try {
      boolean finished = each.closer.close(left);
      if (!finished) {
        LOG.atWarn().addKeyValue("part", each.name).log("shutdown_part_late");
      }
      return finished;
    } catch (Exception | LinkageError failed) {
      // a linkage error too, as after the jar was replaced: the other parts still finish
      LOG.atError().addKeyValue("part", each.name).setCause(failed).log("shutdown_part_failed");
      return false;
    }
  }
}
