package dev.cantora.engine.interchange;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Quarters to seconds through every change of tempo. Each question costs the logarithm of the changes. */
final class QuarterTempo {
  private static final double DEFAULT_BPM = 120;

  private final TreeMap<Double, Double> bpmFrom = new TreeMap<>();
  /** Of each change; empty until it is needed. */
  private final Map<Double, Double> secondsAt = new HashMap<>();

  /** Tempos outside 1..2000 are ignored. */
  void add(double quarter, double bpm) {
    if (!(bpm >= 1 && bpm <= 2000 && quarter >= 0)) {
      return;
    }
    if (!bpmFrom.isEmpty() && quarter > bpmFrom.lastKey()) {
      secondsAt.put(quarter, seconds(quarter));
    } else {
      secondsAt.clear();
    }
    bpmFrom.put(quarter, bpm);
  }

  boolean isEmpty() {
    return bpmFrom.isEmpty();
  }

  double firstBpm() {
    return isEmpty() ? DEFAULT_BPM : bpmFrom.firstEntry().getValue();
  }

  double seconds(double quarter) {
    if (secondsAt.size() != bpmFrom.size()) {
      sum();
    }
    Map.Entry<Double, Double> change = bpmFrom.floorEntry(quarter);
    return change == null ? quarter * 60 / firstBpm() : secondsAt.get(change.getKey()) + (quarter - change.getKey()) * 60 / change.getValue();
  }

  private void sum() {
    secondsAt.clear();
    double seconds = 0;
    double from = 0;
    double bpm = firstBpm();
    for (Map.Entry<Double, Double> change : bpmFrom.entrySet()) {
      seconds += (change.getKey() - from) * 60 / bpm;
      from = change.getKey();
      bpm = change.getValue();
      secondsAt.put(from, seconds);
    }
  }
}
