package dev.cantora.engine.performance;

import dev.cantora.engine.score.Curve;
import java.util.List;

/** Reads a curve at times that do not run backwards, in constant time each. */
final class LaneCursor {

  private final double[] tSec;
  private final double[] value;
  private final double absent;
  private int next;

  /** @param curve or null @param absent what an absent curve gives */
  LaneCursor(Curve curve, double absent) {
    List<Curve.Point> points = curve == null ? List.of() : curve.points();
    tSec = points.stream().mapToDouble(Curve.Point::tSec).toArray();
    value = points.stream().mapToDouble(Curve.Point::value).toArray();
    this.absent = absent;
  }

  boolean isAbsent() {
    return tSec.length == 0;
  }

  double at(double timeSec) {
    if (tSec.length == 0) {
      return absent;
    }
    while (next < tSec.length && tSec[next] < timeSec) {
      next++;
    }
    if (next == 0) {
      return value[0];
    }
    if (next == tSec.length) {
      return value[next - 1];
    }
    double from = tSec[next - 1];
    return value[next - 1] + (value[next] - value[next - 1]) * ((timeSec - from) / (tSec[next] - from));
  }

  /** As {@link #at}, held to a range. */
  float at(double timeSec, double min, double max) {
    return (float) Math.max(min, Math.min(max, at(timeSec)));
  }
}
