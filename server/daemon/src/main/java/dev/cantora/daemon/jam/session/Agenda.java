package dev.cantora.daemon.jam.session;

import dev.cantora.engine.LiveNote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a program has planned on a track: beginnings and ends of notes with their places in the song. For one thread. */
final class Agenda {

  /** More is refused. */
  static final int MAX_PLANS = 1024;

  /** A note begins or ends. */
  sealed interface Plan {

    /** Of the song. */
    long sample();

    String participantId();
  }

  record On(long sample, LiveNote note, String participantId) implements Plan {}

  record Off(long sample, String noteId, double releaseMs, String participantId) implements Plan {}

  private final List<Plan> plans = new ArrayList<>();

  /** Plans at one place keep their order. @return false when there are too many */
  boolean add(Plan plan) {
    if (plans.size() >= MAX_PLANS) {
      return false;
    }
    int at = plans.size();
    while (at > 0 && plans.get(at - 1).sample() > plan.sample()) {
      at--;
    }
    plans.add(at, plan);
    return true;
  }

  /**
   * Hands out what falls due in a stretch of the song.
   *
   * @param loopStart where the song goes on after its loop, or {@link Long#MAX_VALUE} without one: what lies behind waits for
   *     the next time round if it is in the loop, and is due at once otherwise
   */
  void take(long from, long to, long loopStart, Consumer<Plan> taker) {
    for (int i = 0; i < plans.size() && plans.get(i).sample() < to; ) {
      Plan plan = plans.get(i);
      if (plan.sample() >= from || plan.sample() < loopStart) {
        plans.remove(i);
        taker.accept(plan);
      } else {
        i++;
      }
    }
  }

  boolean isEmpty() {
    return plans.isEmpty();
  }

  void clear() {
    plans.clear();
  }

  /** Forgets what somebody planned who has gone. */
  void drop(String participantId) {
    plans.removeIf(plan -> plan.participantId().equals(participantId));
  }
}
