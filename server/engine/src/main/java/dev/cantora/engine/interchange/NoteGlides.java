package dev.cantora.engine.interchange;

import dev.cantora.engine.interchange.PitchPoints.Point;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What the pitch points of one part's notes become. The usual two points from the pitch before to the note's own are its
 * portamento, and two points up or down to a note that follows none are its scoop: both arrive when the points do, and stay
 * with the note when it is moved. All else is drawn into a curve; a note with such points then steps to its pitch, and the
 * curve has the opposite step, so that their sum is what was drawn.
 */
final class NoteGlides {
  /** Before its note's start a portamento cannot begin; one that begins earlier than this is drawn. */
  private static final double MOST_AHEAD_SEC = 0.06;
  private static final double STEP_SEC = 0.001;
  private static final double SAME_CENTS = 1;
  /** Straight lines for a curved way; the worst of them is 1 % of the way off. */
  private static final int LINES = 8;
  private static final double MOST_CENTS = 2400;

  private final List<Note> plain = new ArrayList<>();
  private final List<Note> stepping = new ArrayList<>();
  private final PitchCurve drawn = new PitchCurve();

  /** @param notes of one part, one after the other @param points of each */
  NoteGlides(List<Note> notes, List<PitchPoints> points) {
    for (int i = 0; i < notes.size(); i++) {
      Note note = notes.get(i);
      Note before = i > 0 && Math.abs(notes.get(i - 1).endSec() - note.startSec()) < STEP_SEC ? notes.get(i - 1) : null;
      double stepCents = before == null ? 0 : 100 * (before.midi() - note.midi());
      List<Point> way = way(points.get(i), stepCents);
      if (way.size() < 2 || isFlat(way, stepCents)) {
        keep(note, note);
      } else if (isPlain(way, stepCents)) {
        Note gliding = before == null ? scooped(note, way) : glided(note, way.getLast().tSec());
        keep(gliding, gliding);
      } else {
        draw(note, way, stepCents);
        keep(note, before == null ? note : glided(note, STEP_SEC));
      }
    }
  }

  private void keep(Note withoutCurve, Note withCurve) {
    plain.add(withoutCurve);
    stepping.add(withCurve);
  }

  private static List<Point> way(PitchPoints points, double stepCents) {
    List<Point> way = new ArrayList<>(points.points());
    if (points.snapped() && !way.isEmpty()) {
      way.set(0, new Point(way.getFirst().tSec(), stepCents, way.getFirst().shape()));
    }
    return way;
  }

  /** Nothing but what a note does by itself. */
  private static boolean isFlat(List<Point> way, double stepCents) {
    return Math.abs(stepCents) < SAME_CENTS && way.stream().allMatch(point -> Math.abs(point.cents()) < SAME_CENTS);
  }

  private static boolean isPlain(List<Point> way, double stepCents) {
    Point from = way.getFirst();
    Point to = way.getLast();
    return way.size() == 2 && Math.abs(to.cents()) < SAME_CENTS && to.tSec() >= STEP_SEC
        && from.tSec() >= -MOST_AHEAD_SEC && from.tSec() <= STEP_SEC
        && (stepCents == 0 || Math.abs(from.cents() - stepCents) < SAME_CENTS) && Math.abs(from.cents()) <= MOST_CENTS;
  }

  private static Note glided(Note n, double glideSec) {
    return new Note(n.id(), n.startSec(), n.durationSec(), n.midi(), n.velocity(), n.timbre(), n.vibrato(), Math.min(10, glideSec),
        n.pan(), n.breathiness(), n.lyric(), n.expression());
  }

  private static Note scooped(Note n, List<Point> way) {
    Expression.Glide scoop = new Expression.Glide(-way.getFirst().cents(), way.getLast().tSec());
    return new Note(n.id(), n.startSec(), n.durationSec(), n.midi(), n.velocity(), n.timbre(), n.vibrato(), n.portamentoSec(),
        n.pan(), n.breathiness(), n.lyric(), new Expression(scoop, null, null, null, null, null, null));
  }

  /** The first and the last point hold towards the note's edges. */
  private void draw(Note note, List<Point> given, double stepCents) {
    List<Point> way = new ArrayList<>(given);
    if (way.getFirst().tSec() > 0) {
      way.addFirst(new Point(0, way.getFirst().cents(), PitchPoints.Shape.LINEAR));
    }
    if (way.getLast().tSec() < note.durationSec()) {
      way.add(new Point(note.durationSec(), way.getLast().cents(), PitchPoints.Shape.LINEAR));
    }
    TreeMap<Double, Double> cents = new TreeMap<>();
    for (int i = 0; i + 1 < way.size(); i++) {
      Point from = way.get(i);
      Point to = way.get(i + 1);
      int lines = from.shape() == PitchPoints.Shape.LINEAR ? 1 : LINES;
      for (int line = 0; line <= lines; line++) {
        double part = (double) line / lines;
        cents.put(from.tSec() + part * (to.tSec() - from.tSec()), from.cents() + from.shape().at(part) * (to.cents() - from.cents()));
      }
    }
    drawn.add(againstTheStep(cents, note, stepCents));
  }

  /** As deviation from notes that step at their start, by the clock of the score. */
  private static TreeMap<Double, Double> againstTheStep(TreeMap<Double, Double> cents, Note note, double stepCents) {
    TreeMap<Double, Double> deviation = new TreeMap<>();
    boolean across = stepCents != 0 && cents.firstKey() <= 0;
    if (across) {
      deviation.put(note.startSec(), PitchCurve.at(cents, 0) - stepCents);
      deviation.put(note.startSec() + STEP_SEC, PitchCurve.at(cents, STEP_SEC));
    }
    cents.forEach((tSec, value) -> {
      double second = note.startSec() + tSec;
      boolean inStep = across && tSec >= 0 && tSec <= STEP_SEC;
      if (second >= 0 && second <= ScoreFiles.LATEST_SEC && !inStep) {
        deviation.put(second, tSec < 0 ? value - stepCents : value);
      }
    });
    deviation.replaceAll((second, value) -> Math.clamp(value, -MOST_CENTS, MOST_CENTS));
    return deviation;
  }

  /** Empty where all points became portamento and scoop. */
  PitchCurve drawn() {
    return drawn;
  }

  /** @param withCurve whether {@link #drawn()} goes into the score too */
  List<Note> notes(boolean withCurve) {
    return withCurve ? stepping : plain;
  }
}
