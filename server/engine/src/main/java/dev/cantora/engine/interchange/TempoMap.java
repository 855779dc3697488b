package dev.cantora.engine.interchange;

import java.util.Map;
import java.util.TreeMap;

/** Ticks to seconds through every change of tempo. */
final class TempoMap {
  private static final double DEFAULT_MICROS = 500_000; // 120 quarters a minute, what a file without a tempo means

  private final int ticksPerQuarter;
  private final TreeMap<Long, Double> microsPerQuarter = new TreeMap<>();

  TempoMap(int ticksPerQuarter) {
    this.ticksPerQuarter = ticksPerQuarter;
  }

  void add(long tick, double micros) {
    microsPerQuarter.put(tick, micros);
  }

  boolean isEmpty() {
    return microsPerQuarter.isEmpty();
  }

  /** Quarters a minute of the first tempo. */
  double firstBpm() {
    return 60e6 / (isEmpty() ? DEFAULT_MICROS : microsPerQuarter.firstEntry().getValue());
  }

  double seconds(long tick) {
    double seconds = 0;
    long from = 0;
    double micros = DEFAULT_MICROS;
    for (Map.Entry<Long, Double> change : microsPerQuarter.headMap(tick, false).entrySet()) {
      seconds += (change.getKey() - from) * micros / ticksPerQuarter / 1e6;
      from = change.getKey();
      micros = change.getValue();
    }
    return seconds + (tick - from) * micros / ticksPerQuarter / 1e6;
  }
}
