package dev.cantora.daemon.render;

import dev.cantora.daemon.bank.Reservation;
import java.util.Optional;

/**
 * Renders that are in the bank already: equal scores, voices and settings give equal bytes, so they need not be made again.
 * Thread-safe.
 */
public interface Results {

  /** Remembers nothing. */
  Results NONE = new Results() {
    @Override
    public boolean kept() {
      return false;
    }

    @Override
    public Optional<QueuedWork.Result> find(String hash, Filing filing, Reservation room) {
      return Optional.empty();
    }

    @Override
    public void made(String hash, QueuedWork.Result result) {
      // nobody will ask
    }
  };

  /**
   * What a result is filed under.
   *
   * @param lastOf principal whose {@code last} slot it replaces, or null for an id of its own
   * @param name null for a default name
   * @param createdBy principal id
   */
  record Filing(String lastOf, String name, String createdBy) {}

  /** Whether it is worth asking. */
  default boolean kept() {
    return true;
  }

  /**
   * Files an earlier result once more, as if it had been made now.
   *
   * @param hash of all that makes its bytes, but for the engine
   * @param room ends when a result is found
   */
  Optional<QueuedWork.Result> find(String hash, Filing filing, Reservation room);

  /** Remembers a result. */
  void made(String hash, QueuedWork.Result result);
}
