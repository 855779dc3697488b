package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The pitch deviation that is drawn in OpenUtau (curve {@code pitd}: ticks of the part, cents), as a lane of the score. It is
 * 0 outside its points. The score has one lane: of parts that are drawn at the same time the first one counts.
 */
final class UstxPitch {
  /** Points that a lane may have on the wire. */
  private static final int MOST_POINTS = 10_000;
  private static final double MOST_CENTS = 2400;
  /** Closer to the straight line than this cannot be heard. */
  private static final double SLACK_CENTS = 0.5;
  private static final double STEP_SEC = 0.001;

  private final TreeMap<Double, Double> drawn = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();

  /** @param part a voice part @param secondsAt of ticks of the part */
  void add(Map<?, ?> part, DoubleUnaryOperator secondsAt) {
    for (Object item : UstxReader.list(part.get("curves"))) {
      if (item instanceof Map<?, ?> curve && "pitd".equals(curve.get("abbr"))) {
        TreeMap<Double, Double> points = points(UstxReader.list(curve.get("xs")), UstxReader.list(curve.get("ys")), secondsAt);
        if (points.values().stream().allMatch(cents -> cents == 0)) {
          continue;
        }
        if (overlaps(points)) {
          warnings.add("Parts are drawn at the same time; the pitch of the first one is kept.");
        } else {
          drawn.putAll(points);
        }
      }
    }
  }

  private boolean overlaps(TreeMap<Double, Double> points) {
    return !drawn.subMap(points.firstKey(), true, points.lastKey(), true).isEmpty()
        || drawn.lowerKey(points.firstKey()) != null && drawn.lowerEntry(points.firstKey()).getValue() != 0;
  }

  /** Between zeros. */
  private static TreeMap<Double, Double> points(List<?> ticks, List<?> cents, DoubleUnaryOperator secondsAt) {
    TreeMap<Double, Double> points = new TreeMap<>();
    for (int i = 0; i < Math.min(ticks.size(), cents.size()); i++) {
      double second = secondsAt.applyAsDouble(UstxReader.number(ticks.get(i), 0, "curves"));
      if (second >= 0 && second <= ScoreFiles.LATEST_SEC) {
        points.put(second, Math.clamp(UstxReader.number(cents.get(i), 0, "curves"), -MOST_CENTS, MOST_CENTS));
      }
    }
    if (!points.isEmpty()) {
      points.putIfAbsent(Math.max(0, points.firstKey() - STEP_SEC), 0.0);
      points.put(points.lastKey() + STEP_SEC, 0.0);
    }
    return points;
  }

  /** Null when nothing is drawn. */
  Lanes lanes() {
    if (drawn.isEmpty()) {
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
    for (Entry<Double, Double> entry : drawn.entrySet()) {
      Curve.Point point = new Curve.Point(entry.getKey(), entry.getValue());
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

  List<String> warnings() {
    return warnings;
  }
}
