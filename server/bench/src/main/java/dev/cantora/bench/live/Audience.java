package dev.cantora.bench.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
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

  private static final long PATIENCE_NS = 120_000_000_000L;
  private static final int CONNECTING_AT_ONCE = 16;

  private final Selector selector = Selector.open();
  private final InetSocketAddress daemon;
  private final List<Player> players = new ArrayList<>();

  Audience(InetSocketAddress daemon) throws IOException {
    this.daemon = daemon;
  }

  List<Player> players() {
    return players;
  }

  Selector selector() {
    return selector;
  }

  /** Connects and greets, a few at once, until all have their hello_ack. */
  void gather(int count, Part[] parts, IntFunction<Tally> tallies) throws IOException {
    int ready = 0;
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (ready < count) {
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
        if (System.nanoTime() - endNs > 0) {
          throw new IOException("of " + count + " sessions only " + ready + " came about in time");
        }
      }
    }
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

  /** Receives until something holds. */
  void runUntil(BooleanSupplier done, Chore chore) throws IOException {
    while (!done.getAsBoolean()) {
      poll(1);
      chore.run(System.nanoTime());
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

  private void poll(long waitMs) throws IOException {
    if (selector.select(waitMs) == 0) {
      return;
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((Player) key.attachment()).ready(key, System.nanoTime());
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
