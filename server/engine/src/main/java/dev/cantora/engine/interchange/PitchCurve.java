package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * Deviations in pitch that are drawn in other programs, cents by seconds, summed up to the lane of a score. The sum is 0
 * outside of what was added.
 */
final class PitchCurve {
  /** Points that a lane may have on the wire. */
  private static final int MOST_POINTS = 10_000;
  private static final double MOST_CENTS = 2400;
  /** Closer to the straight line than this cannot be heard. */
  private static final double SLACK_CENTS = 0.5;
  private static final double STEP_SEC = 0.001;

  private final TreeMap<Double, Double> sum = new TreeMap<>();

  /** Adds a piece to what is there; it rises from 0 and falls back to it at its ends. */
  void add(TreeMap<Double, Double> points) {
    if (points.values().stream().allMatch(cents -> cents == 0)) {
      return;
    }
    TreeMap<Double, Double> piece = new TreeMap<>(points);
    if (piece.firstEntry().getValue() != 0) {
      piece.putIfAbsent(Math.max(0, piece.firstKey() - STEP_SEC), 0.0);
    }
    if (piece.lastEntry().getValue() != 0) {
      piece.put(piece.lastKey() + STEP_SEC, 0.0);
    }
    TreeMap<Double, Double> together = new TreeMap<>();
    piece.forEach((second, cents) -> together.put(second, cents + at(sum, second)));
    sum.subMap(piece.firstKey(), true, piece.lastKey(), true).forEach((second, cents) -> together.put(second, cents + at(piece, second)));
    sum.putAll(together);
  }

  /** @return whether something of one is drawn within the span of the other */
  boolean overlaps(PitchCurve other) {
    if (isEmpty() || other.isEmpty()) {
      return false;
    }
    return !sum.subMap(other.sum.firstKey(), true, other.sum.lastKey(), true).isEmpty()
        || sum.lowerKey(other.sum.firstKey()) != null && sum.lowerEntry(other.sum.firstKey()).getValue() != 0;
  }

  void addAll(PitchCurve other) {
    add(other.sum);
  }

  boolean isEmpty() {
    return sum.isEmpty();
  }

  /** Between the points, 0 outside of them. */
  static double at(TreeMap<Double, Double> points, double second) {
    Entry<Double, Double> before = points.floorEntry(second);
    Entry<Double, Double> after = points.ceilingEntry(second);
    if (before == null || after == null) {
      return 0;
    }
    double span = after.getKey() - before.getKey();
    return span == 0 ? before.getValue() : before.getValue() + (second - before.getKey()) / span * (after.getValue() - before.getValue());
  }

  /** Null when nothing is drawn. @param warnings gets a sentence about what is left out */
  Lanes lanes(List<String> warnings) {
    if (sum.isEmpty()) {
      return null;
    }
    List<Curve.Point> points = thinned();
    if (points.size() > MOST_POINTS) {
      warnings.add("The drawn pitch has more than " + MOST_POINTS + " points; what comes after is left out.");
      points = new ArrayList<>(points.subList(0, MOST_POINTS - 1));
      points.add(new Curve.Point(points.getLast().tSec() + STEP_SEC, 0));
    }
    return new Lanes(null, null, null, new Curve(points), null, null, null, null, Map.of());
  }

  /** Without the points that lie on straight lines between others: of a point on, the slopes that pass all since it narrow. */
  private List<Curve.Point> thinned() {
    List<Curve.Point> kept = new ArrayList<>();
    Curve.Point before = null;
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    for (Entry<Double, Double> entry : sum.entrySet()) {
      Curve.Point point = new Curve.Point(entry.getKey(), Math.clamp(entry.getValue(), -MOST_CENTS, MOST_CENTS));
      if (before != null && !kept.isEmpty()) {
        double slope = slope(kept.getLast(), point, 0);
        if (slope < least || slope > most) {
          kept.add(before);
          least = Double.NEGATIVE_INFINITY;
          most = Double.POSITIVE_INFINITY;
        }
        least = Math.max(least, slope(kept.getLast(), point, -SLACK_CENTS));
        most = Math.min(most, slope(kept.getLast(), point, SLACK_CENTS));
      } else {
        kept.add(point);
      }
      before = point;
    }
    if (before != kept.getLast()) {
      kept.add(before);
    }
    return kept;
  }

  private static double slope(Curve.Point from, Curve.Point to, double moreCents) {
    return (to.value() + moreCents - from.value()) / (to.tSec() - from.tSec());
  }
}
