package dev.cantora.daemon.bank;

import java.util.List;
import java.util.Optional;

/**
 * Stored renders and the budget they share. Thread-safe. Failures are {@code ApiException}s with the codes of the
 * catalogue: RENDER_TOO_LARGE and RENDER_STORE_FULL before anything is written, NOT_FOUND for what was never there,
 * READ_ERROR for what is there and cannot be read.
 */
public interface Bank extends AutoCloseable {

  /** Why the store cannot be used now, in the words of {@code /readyz}; empty when it can. */
  Optional<String> failing();

  /** What the store holds and may hold. */
  Budget budget();

  /** Metas in no particular order, every principal's {@code last} slot among them. */
  List<RenderMeta> all();

  /** The meta under a key, empty when there is none. READ_ERROR when it is there and damaged. */
  Optional<RenderMeta> find(RenderKey key);

  /**
   * Sets budget aside for a render that is still to be made.
   *
   * @param bytes estimate of its charge, see {@link Charge}
   * @param replaces key whose render the new one will take the place of, or null; its charge counts as free
   * @throws dev.cantora.daemon.errors.ApiException RENDER_TOO_LARGE, RENDER_STORE_FULL
   */
  Reservation reserve(long bytes, RenderKey replaces);

  /**
   * Begins to write a render. The draft takes over the reservation.
   *
   * @param reservation from {@link #reserve}
   */
  Draft draft(Reservation reservation);

  /** The audio, opened: it can be read to its end even when the render is deleted meanwhile. NOT_FOUND, READ_ERROR. */
  StoredAudio audio(RenderKey key);

  /** One stored document as it lies in the store, checked to be JSON. NOT_FOUND, READ_ERROR. */
  byte[] document(RenderKey key, DocumentKind kind);

  /**
   * Changes name or pin.
   *
   * @param name null leaves it
   * @param pinned null leaves it
   */
  RenderMeta update(RenderKey key, String name, Boolean pinned);

  /**
   * Copies a principal's {@code last} to an id of its own, unpinned and owned by that principal.
   *
   * @param name null for the next {@code Untitled-N}
   */
  RenderMeta promoteLast(RenderKey last, String owner, String name);

  /** Removes a render. NOT_FOUND when there is none. */
  void delete(RenderKey key);

  @Override
  void close();
}
