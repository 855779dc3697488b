package dev.cantora.engine.score;

import java.util.List;

/**
 * A piecewise linear automation curve. Points are sorted on construction; both ends hold. Of several points at one time
 * the earliest given counts (contract: "two points at one time: the earlier value").
 *
 * @param points at least one; sorted by time, stable
 */
public record Curve(List<Point> points) {

  /** @param tSec at least 0 */
  public record Point(double tSec, double value) {
    public Point {
      Bounds.require(tSec, 0, Double.MAX_VALUE, "lane.tSec");
      Bounds.require(value, -Double.MAX_VALUE, Double.MAX_VALUE, "lane.value");
    }
  }

  public Curve {
    points = points.stream().sorted(java.util.Comparator.comparingDouble(Point::tSec)).toList();
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a curve needs a point; leave the lane out instead");
    }
  }
}
