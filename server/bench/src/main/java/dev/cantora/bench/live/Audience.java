package dev.cantora.bench.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** All players, on one thread over one selector, as a client that costs the machine little. */
final class Audience implements AutoCloseable {

  /** Called every now and then between reads. */
  @FunctionalInterface
  interface Chore {
    void run(long nowNs) throws IOException;
  }

  private static final long PATIENCE_NS = 60_000_000_000L;
  private static final int CONNECTING_AT_ONCE = 16;
  private static final long ASK_NS = 5_000_000L;

  private final Selector selector = Selector.open();
  private final InetSocketAddress daemon;
  private final List<Player> players = new ArrayList<>();
  private long lastTurnNs;
  private long longestTurnNs;

  Audience(InetSocketAddress daemon) throws IOException {
    this.daemon = daemon;
  }

  List<Player> players() {
    return players;
  }

  Selector selector() {
    return selector;
  }

  /**
   * Connects and greets, a few at once, until all have their hello_ack or patience is over. Those that did not come about are sent
   * away.
   *
   * @return how many are there
   */
  int gather(int count, Part[] parts, IntFunction<Tally> tallies) throws IOException {
    int ready = 0;
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (ready < count && System.nanoTime() - endNs < 0) {
      if (players.size() < count && players.size() - ready < CONNECTING_AT_ONCE) {
        int number = players.size();
        players.add(Player.connect(selector, daemon, parts[number % parts.length], tallies.apply(number)));
      }
      poll(1);
      ready = 0;
      for (Player player : players) {
        ready += player.state() == Player.State.READY ? 1 : 0;
        if (!player.tally().troubles().isEmpty()) {
          throw new IOException("a session did not come about: " + player.tally().troubles());
        }
      }
    }
    for (Iterator<Player> each = players.iterator(); ready < players.size() && each.hasNext(); ) {
      Player player = each.next();
      if (player.state() != Player.State.READY) {
        player.close();
        each.remove();
      }
    }
    if (ready == 0) {
      throw new IOException("no session came about");
    }
    return ready;
  }

  /** Starts all transports at random moments within a second. */
  void playAll(Random random) throws IOException {
    long startNs = System.nanoTime();
    List<Long> times = new ArrayList<>();
    players.forEach(player -> times.add(startNs + random.nextLong(1_000_000_000L)));
    for (int left = players.size(); left > 0; ) {
      long now = System.nanoTime();
      for (int i = 0; i < players.size(); i++) {
        if (times.get(i) != null && now - times.get(i) >= 0) {
          times.set(i, null);
          players.get(i).play();
          left--;
        }
      }
      poll(1);
    }
  }

  /** Receives until something holds, which is asked every few milliseconds. */
  void runUntil(BooleanSupplier done) throws IOException {
    for (long askNs = System.nanoTime(); System.nanoTime() - askNs < 0 || !done.getAsBoolean(); ) {
      if (System.nanoTime() - askNs >= 0) {
        askNs = System.nanoTime() + ASK_NS;
      }
      poll(1);
    }
  }

  /** Receives until a moment. */
  void runFor(long endNs) throws IOException {
    runFor(endNs, nowNs -> { });
  }

  /** Receives until a moment, and does something else now and then. */
  void runFor(long endNs, Chore chore) throws IOException {
    for (long nowNs = System.nanoTime(); nowNs - endNs < 0; nowNs = System.nanoTime()) {
      poll(1);
      chore.run(nowNs);
    }
  }

  /**
   * Every second player ends with RST, the others with FIN, none with a close frame. A channel on a selector is only closed
   * for the other side when the selector has noticed.
   */
  void vanish() throws IOException {
    for (int i = 0; i < players.size(); i++) {
      players.get(i).vanish(i % 2 == 0);
    }
    selector.selectNow();
  }

  /** From now on turns are timed. */
  void forgetTurns() {
    lastTurnNs = 0;
    longestTurnNs = 0;
  }

  /** Longest time between two looks at the sockets, in ms: what came meanwhile was taken for as late as the look was. */
  double longestTurnMs() {
    return longestTurnNs / 1e6;
  }

  private void poll(long waitMs) throws IOException {
    int ready = selector.select(waitMs);
    long nowNs = System.nanoTime();
    longestTurnNs = lastTurnNs == 0 ? 0 : Math.max(longestTurnNs, nowNs - lastTurnNs);
    lastTurnNs = nowNs;
    if (ready == 0) {
      return;
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((Player) key.attachment()).ready(key);
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    for (Player player : players) {
      player.close();
    }
    selector.close();
  }
}
