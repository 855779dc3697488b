package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The pitch that is drawn in OpenUtau: the points at the notes and the deviation over a part (curve {@code pitd}: ticks of the
 * part, cents). The score has one lane: of parts that are drawn at the same time the first one counts.
 */
final class UstxPitch {
  private static final double MOST_CENTS = 2400;

  private final PitchCurve drawn = new PitchCurve();
  private final List<String> warnings = new ArrayList<>();

  /**
   * @param part a voice part @param notes of it, read @param secondsAt of ticks of the part
   * @return the notes with the pitch that belongs to them
   */
  List<Note> add(Map<?, ?> part, List<Note> notes, DoubleUnaryOperator secondsAt) {
    List<PitchPoints> points = UstxReader.list(part.get("notes")).stream()
        .map(note -> PitchPoints.ofUstx(((Map<?, ?>) note).get("pitch"))).toList();
    NoteGlides glides = new NoteGlides(notes, points);
    PitchCurve own = glides.drawn();
    for (Object item : UstxReader.list(part.get("curves"))) {
      if (item instanceof Map<?, ?> curve && "pitd".equals(curve.get("abbr"))) {
        own.add(points(UstxReader.list(curve.get("xs")), UstxReader.list(curve.get("ys")), secondsAt));
      }
    }
    if (drawn.overlaps(own)) {
      warnings.add("Parts are drawn at the same time; the pitch of the first one is kept.");
      return glides.notes(false);
    }
    drawn.addAll(own);
    return glides.notes(true);
  }

  private static TreeMap<Double, Double> points(List<?> ticks, List<?> cents, DoubleUnaryOperator secondsAt) {
    TreeMap<Double, Double> points = new TreeMap<>();
    for (int i = 0; i < Math.min(ticks.size(), cents.size()); i++) {
      double second = secondsAt.applyAsDouble(UstxReader.number(ticks.get(i), 0, "curves"));
      if (second >= 0 && second <= ScoreFiles.LATEST_SEC) {
        points.put(second, Math.clamp(UstxReader.number(cents.get(i), 0, "curves"), -MOST_CENTS, MOST_CENTS));
      }
    }
    return points;
  }

  /** Null when nothing is drawn. */
  Lanes lanes() {
    return drawn.lanes(warnings);
  }

  List<String> warnings() {
    return warnings;
  }
}
