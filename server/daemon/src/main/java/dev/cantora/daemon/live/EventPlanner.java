package dev.cantora.daemon.live;

import dev.cantora.daemon.audio.BlockSchedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * When events sound. One without a time sounds one block after it came in: at its own place within the block that is
 * rendered next, so playing keeps its rhythm to the sample. One with the client's time sounds a fixed delay after it
 * happened, whatever the network did. One with a sample sounds there. For one thread.
 */
final class EventPlanner {

  /**
   * An event and its place.
   *
   * @param sample of the stream; one that has passed means at once
   * @param pinned whether the client named the sample itself
   */
  record Planned(SessionEvent.Played event, long sample, boolean pinned, long order) {}

  /** Farthest that an event may lie ahead. */
  private static final long MAX_AHEAD_SEC = 10;

  private static final Comparator<Planned> IN_TIME =
      Comparator.comparingLong(Planned::sample).thenComparingLong(Planned::order);

  private final List<Planned> waiting = new ArrayList<>();
  private final ClientClock clientClock = new ClientClock();
  private final int sampleRateHz;
  private final long delayNs;
  private long count;

  /** @param delayMs at which events with a client's time sound */
  EventPlanner(int sampleRateHz, double delayMs) {
    this.sampleRateHz = sampleRateHz;
    this.delayNs = (long) (delayMs * 1e6);
  }

  void plan(SessionEvent.Played event, BlockSchedule schedule) {
    EventTime time = event.time();
    String noteId = event.noteId();
    long wanted = sampleOf(time, schedule);
    long sample = Math.clamp(wanted, schedule.nextSample(), schedule.nextSample() + MAX_AHEAD_SEC * sampleRateHz);
    if (noteId != null) {
      // the end of a note never overtakes its start
      for (Planned other : waiting) {
        if (noteId.equals(other.event().noteId())) {
          sample = Math.max(sample, other.sample());
        }
      }
    }
    Planned planned = new Planned(event, sample, time.atSample() != null, count++);
    int at = waiting.size();
    while (at > 0 && IN_TIME.compare(waiting.get(at - 1), planned) > 0) {
      at--;
    }
    waiting.add(at, planned);
  }

  /** Hands out what sounds before this sample, in order. */
  void takeBefore(long sample, Consumer<Planned> taker) {
    int due = 0;
    while (due < waiting.size() && waiting.get(due).sample() < sample) {
      taker.accept(waiting.get(due++));
    }
    if (due > 0) {
      waiting.subList(0, due).clear();
    }
  }

  /**
   * The stream lost time. What waits for a moment is at an earlier sample now; what waits for a sample stays there, as
   * samples are counted on without a gap.
   */
  void moved(long samples) {
    waiting.replaceAll(planned -> planned.pinned() ? planned
        : new Planned(planned.event(), planned.sample() - samples, false, planned.order()));
    waiting.sort(IN_TIME);
  }

  /** Forgets everything that waits. */
  void clear() {
    waiting.clear();
  }

  private long sampleOf(EventTime time, BlockSchedule schedule) {
    if (time.atSample() != null) {
      return time.atSample();
    }
    if (time.clientTimeMs() != null) {
      return schedule.sampleAt(clientClock.happenedNs(time.clientTimeMs(), time.arrivedNs()) + delayNs);
    }
    return schedule.soundingSample(time.arrivedNs());
  }
}
