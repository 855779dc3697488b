package dev.cantora.daemon.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Pings every connection, ends those that do not answer and cuts those whose close handshake takes too long. At each
 * tick of a connection that has {@code maxMissed} pings unanswered it is closed with 1008. Between ticks a ping a second
 * measures the round trip; those are not counted.
 */
public final class Heartbeat implements AutoCloseable {

  /** Reason of the close frame, and what listeners recognise a missed heartbeat by. */
  public static final String MISSED = "Heartbeat missed";

  private static final long SCAN_NS = 100_000_000L;
  private static final long PROBE_NS = 1_000_000_000L;

  private final long tickNs;
  private final int maxMissed;
  private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean running = true;

  /**
   * @param interval between ticks, positive
   * @param maxMissed unanswered pings at which a tick ends the connection, at least 1
   */
  public Heartbeat(Duration interval, int maxMissed) {
    this.tickNs = interval.toNanos();
    this.maxMissed = maxMissed;
    this.thread = Thread.ofPlatform().daemon().name("socket-heartbeat").start(this::run);
  }

  /** Connections whose TCP connection is not yet gone. */
  public int connections() {
    return connections.size();
  }

  /**
   * Waits until every connection has said goodbye or been cut off, which takes no longer than the close handshake may.
   *
   * @return whether none is left
   */
  public boolean awaitNone(Duration left) throws InterruptedException {
    long endNs = System.nanoTime() + left.toNanos();
    while (!connections.isEmpty() && System.nanoTime() - endNs < 0) {
      Thread.sleep(2);
    }
    return connections.isEmpty();
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
  }

  void add(SocketConnection connection) {
    long now = System.nanoTime();
    connection.pings().start(now + tickNs, now);
    connections.add(connection);
  }

  void remove(SocketConnection connection) {
    connections.remove(connection);
  }

  private void run() {
    long pauseNs = Math.max(1_000_000L, Math.min(SCAN_NS, tickNs / 4));
    while (running) {
      long now = System.nanoTime();
      for (SocketConnection connection : connections) {
        visit(connection, now);
      }
      LockSupport.parkNanos(this, pauseNs);
    }
  }

  private void visit(SocketConnection connection, long now) {
    if (!connection.isOpen()) {
      if (now - connection.lingerUntilNs() > 0) {
        connection.terminate();
      }
      return;
    }
    if (connection.relayed()) {
      return; // the node at the far end asks
    }
    PingState pings = connection.pings();
    if (pings.tickDue(now)) {
      if (pings.tick(now + tickNs) >= maxMissed) {
        connection.close(CloseCode.POLICY, MISSED);
        return;
      }
    } else if (!pings.probeDue(now)) {
      return;
    }
    pings.probed(now + PROBE_NS);
    connection.outbox().ping(ByteBuffer.allocate(Long.BYTES).putLong(pings.nextId()).array());
  }
}
