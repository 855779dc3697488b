package dev.cantora.engine.interchange;

import java.util.Map;
import java.util.TreeMap;

/** Quarters to seconds through every change of tempo. */
final class QuarterTempo {
  private static final double DEFAULT_BPM = 120;

  private final TreeMap<Double, Double> bpmFrom = new TreeMap<>();

  /** Tempos outside 1..2000 are ignored. */
  void add(double quarter, double bpm) {
    if (bpm >= 1 && bpm <= 2000 && quarter >= 0) {
      bpmFrom.put(quarter, bpm);
    }
  }

  boolean isEmpty() {
    return bpmFrom.isEmpty();
  }

  double firstBpm() {
    return isEmpty() ? DEFAULT_BPM : bpmFrom.firstEntry().getValue();
  }

  double seconds(double quarter) {
    double seconds = 0;
    double from = 0;
    double bpm = firstBpm();
    for (Map.Entry<Double, Double> change : bpmFrom.headMap(quarter, false).entrySet()) {
      seconds += (change.getKey() - from) * 60 / bpm;
      from = change.getKey();
      bpm = change.getValue();
    }
    return seconds + (quarter - from) * 60 / bpm;
  }
}
