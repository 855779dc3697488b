package dev.cantora.daemon.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the telemetry of all sessions made into JSON, on one thread that looks every few milliseconds. The text then goes with the
 * next frame, in one write. With a sender woken for every report, fifteen times a second and session, reports cost a fifth of
 * what the audio costs.
 */
final class Reporter implements AutoCloseable {

  /** Somebody who may have something to report. Asked on the reporter's thread; must not wait. */
  @FunctionalInterface
  interface Desk {
    void encode();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final long LOOK_NS = 5_000_000L;

  private final Set<Desk> desks = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().name("live-reporter").unstarted(this::run);
  private volatile boolean running = true;

  Reporter() {
    thread.start();
  }

  void add(Desk desk) {
    if (desks.add(desk)) {
      LockSupport.unpark(thread);
    }
  }

  void remove(Desk desk) {
    desks.remove(desk);
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (running) {
      if (desks.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LOOK_NS);
      }
      desks.forEach(Reporter::encode);
    }
  }

  private static void encode(Desk desk) {
    try {
      desk.encode();
    } catch (RuntimeException e) {
      LOG.error("live_report_failed", e); // the others' reports go on
    }
  }
}
