package dev.cantora.engine.interchange;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Ticks to seconds through every change of tempo. */
final class TempoMap {
  private static final double DEFAULT_MICROS = 500_000; // 120 quarters a minute, what a file without a tempo means

  private final int ticksPerQuarter;
  private final TreeMap<Long, Double> microsPerQuarter = new TreeMap<>();
  private final Map<Long, Double> secondsAt = new HashMap<>();

  TempoMap(int ticksPerQuarter) {
    this.ticksPerQuarter = ticksPerQuarter;
  }

  void add(long tick, double micros) {
    microsPerQuarter.put(tick, micros);
    secondsAt.clear();
  }

  boolean isEmpty() {
    return microsPerQuarter.isEmpty();
  }

  /** Quarters a minute of the first tempo. */
  double firstBpm() {
    return 60e6 / (isEmpty() ? DEFAULT_MICROS : microsPerQuarter.firstEntry().getValue());
  }

  double seconds(long tick) {
    if (secondsAt.size() != microsPerQuarter.size()) {
      sum();
    }
    Map.Entry<Long, Double> change = microsPerQuarter.lowerEntry(tick);
    return change == null ? tick * DEFAULT_MICROS / ticksPerQuarter / 1e6
        : secondsAt.get(change.getKey()) + (tick - change.getKey()) * change.getValue() / ticksPerQuarter / 1e6;
  }

  /** Once for all questions: a file may have as many changes as notes. */
  private void sum() {
    secondsAt.clear();
    double seconds = 0;
    long from = 0;
    double micros = DEFAULT_MICROS;
    for (Map.Entry<Long, Double> change : microsPerQuarter.entrySet()) {
      seconds += (change.getKey() - from) * micros / ticksPerQuarter / 1e6;
      from = change.getKey();
      micros = change.getValue();
      secondsAt.put(from, seconds);
    }
  }
}
