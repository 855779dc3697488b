package dev.cantora.daemon.bank;

/**
 * Budget set aside by a {@link Bank} for one render. Ends in exactly one way: turned into a stored render by its draft, or
 * released by closing it. Thread-safe.
 */
public interface Reservation extends AutoCloseable {

  /** Gives the room back; does nothing once settled or released. */
  @Override
  void close();
}
