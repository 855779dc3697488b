package dev.cantora.engine.live;

import java.util.Arrays;

/** Events by sample; those of one sample in the order they were added. Grows when it must, otherwise allocates nothing. */
final class EventQueue {

  private LiveEvent[] events = new LiveEvent[64];
  private int size;

  EventQueue() {
    fill(0);
  }

  private void fill(int from) {
    for (int i = from; i < events.length; i++) {
      events[i] = new LiveEvent();
    }
  }

  /** Opens a place for an event; the caller fills everything but the sample. */
  LiveEvent add(long sample) {
    if (size == events.length) {
      events = Arrays.copyOf(events, 2 * size);
      fill(size);
    }
    LiveEvent event = events[size];
    int at = size;
    while (at > 0 && events[at - 1].sample > sample) {
      events[at] = events[at - 1];
      at--;
    }
    events[at] = event;
    event.sample = sample;
    size++;
    return event;
  }

  /** Sample of the earliest event, or {@code Long.MAX_VALUE}. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : events[0].sample;
  }

  /** Takes the earliest event out into {@code into}. */
  void poll(LiveEvent into) {
    LiveEvent first = events[0];
    into.copy(first);
    first.note = null;
    System.arraycopy(events, 1, events, 0, size - 1);
    events[size - 1] = first;
    size--;
  }

  /** Drops everything at or after a sample. */
  void dropFrom(long sample) {
    while (size > 0 && events[size - 1].sample >= sample) {
      size--;
      events[size].note = null;
    }
  }
}
