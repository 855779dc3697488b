package dev.cantora.engine.interchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The points through which OpenUtau and UTAU draw the pitch of one note.
 *
 * @param points in order of time; none means that the note states nothing
 * @param snapped the first point lies on the pitch of the note before, whatever it says
 */
record PitchPoints(List<Point> points, boolean snapped) {
  static final PitchPoints NONE = new PitchPoints(List.of(), false);
  /** A point of 1 is a tenth of a semitone. */
  private static final double CENTS = 10;
  private static final double MOST_CENTS = 12_800;
  private static final int MOST_POINTS = 1_000;

  /**
   * @param tSec since the note's start, often before it
   * @param cents above the note's pitch
   * @param shape of the way to the next point
   */
  record Point(double tSec, double cents, Shape shape) {}

  /** Ways from one point to the next: sines, or straight. */
  enum Shape {
    IN_OUT, LINEAR, IN, OUT;

    /** @param part 0..1 of the time @return part of the way */
    double at(double part) {
      return switch (this) {
        case IN_OUT -> 0.5 - 0.5 * StrictMath.cos(Math.PI * part);
        case LINEAR -> part;
        case IN -> 1 - StrictMath.cos(Math.PI / 2 * part);
        case OUT -> StrictMath.sin(Math.PI / 2 * part);
      };
    }
  }

  PitchPoints {
    points = points.stream().sorted(java.util.Comparator.comparingDouble(Point::tSec)).toList();
  }

  /** @param pitch member of a note of a USTX, or null */
  static PitchPoints ofUstx(Object pitch) {
    if (!(pitch instanceof Map<?, ?> drawn)) {
      return NONE;
    }
    List<Point> points = new ArrayList<>();
    for (Object item : UstxReader.list(drawn.get("data"))) {
      if (item instanceof Map<?, ?> point && points.size() < MOST_POINTS) {
        Shape shape = switch (String.valueOf(point.get("shape"))) {
          case "l" -> Shape.LINEAR;
          case "i" -> Shape.IN;
          case "o" -> Shape.OUT;
          default -> Shape.IN_OUT;
        };
        points.add(point(UstxReader.number(point.get("x"), 0, "pitch"), UstxReader.number(point.get("y"), 0, "pitch"), shape));
      }
    }
    return new PitchPoints(points, !"false".equals(String.valueOf(drawn.get("snap_first"))));
  }

  /**
   * Of "mode 2": {@code PBS} is where it begins, {@code PBW} the milliseconds to each next point, {@code PBY} their heights
   * and {@code PBM} the ways there. The last point lies on the note's pitch.
   */
  static PitchPoints ofUst(Map<String, String> section) {
    String[] widths = list(section.get("PBW"));
    if (!section.containsKey("PBS") || widths.length == 0) {
      return NONE;
    }
    String[] start = section.get("PBS").split("[;,]");
    String[] heights = list(section.get("PBY"));
    String[] shapes = list(section.get("PBM"));
    List<Point> points = new ArrayList<>();
    double ms = number(start[0]);
    double height = start.length > 1 ? number(start[1]) : 0;
    for (int i = 0; i <= Math.min(widths.length, MOST_POINTS); i++) {
      Shape shape = switch (i < shapes.length ? shapes[i].strip() : "") {
        case "s" -> Shape.LINEAR;
        case "j" -> Shape.IN;
        case "r" -> Shape.OUT;
        default -> Shape.IN_OUT;
      };
      points.add(point(ms, height, shape));
      if (i < widths.length) {
        ms += Math.max(0, number(widths[i]));
        height = i + 1 < widths.length && i < heights.length ? number(heights[i]) : 0;
      }
    }
    return new PitchPoints(points, true);
  }

  private static Point point(double ms, double height, Shape shape) {
    return new Point(Math.clamp(ms / 1000, -10, 10), Math.clamp(height * CENTS, -MOST_CENTS, MOST_CENTS), shape);
  }

  private static String[] list(String values) {
    return values == null || values.isBlank() ? new String[0] : values.split(",", -1);
  }

  private static double number(String value) {
    return value.isBlank() ? 0 : XmlElement.number(value, "PBS, PBW or PBY");
  }
}
