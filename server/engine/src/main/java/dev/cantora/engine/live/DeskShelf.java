package dev.cantora.engine.live;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Desks that lie ready for choirs of one kind. Hundreds of choirs take turns on a few audio threads: the desk that was put back
 * last is the next to be taken, so that its buffers are in the cache. Any thread; nobody ever waits.
 */
final class DeskShelf {

  /** Desks kept; more threads at once make desks of their own. */
  private static final int PLACES = 16;

  private final AtomicReferenceArray<Desk> places = new AtomicReferenceArray<>(PLACES);
  private final Supplier<Desk> maker;

  DeskShelf(Supplier<Desk> maker) {
    this.maker = maker;
  }

  Desk take() {
    for (int place = 0; place < PLACES; place++) {
      if (places.get(place) != null) {
        Desk desk = places.getAndSet(place, null);
        if (desk != null) {
          return desk;
        }
      }
    }
    return maker.get();
  }

  void putBack(Desk desk) {
    for (int place = 0; place < PLACES; place++) {
      if (places.get(place) == null && places.compareAndSet(place, null, desk)) {
        return;
      }
    }
  }
}
