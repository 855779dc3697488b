package dev.cantora.engine.lyrics.timing;

import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts notes into chords and into lines. A line is what one singer could sing: a note joins the line whose last note is
 * nearest in pitch among those that are over, else among those
 * that it overlaps only as legato playing does: by half the last note and a quarter of a second at most.
 */
public final class NoteLines {
  /** Notes that start no further apart are one chord: half the shortest note. */
  private static final double CHORD_SEC = 0.0005;

  private static final double MOST_OVERLAP_SHARE = 0.5;
  private static final double MOST_OVERLAP_SEC = 0.25;
  private static final double ROUNDING_SEC = 1e-6;

  /** Semitones that a line in use is farther away than one at rest. */
  private static final double OVERLAP_DISTANCE = 1000;

  private NoteLines() {}

  /** Indices of the notes sorted by start, then by the caller's order. */
  public static List<Integer> order(List<Note> notes) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < notes.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> notes.get(i).startSec()));
    return List.copyOf(order);
  }

  /** Groups of note indices that start together, in order of time. */
  public static List<List<Integer>> chords(List<Note> notes) {
    var chords = new ArrayList<List<Integer>>();
    for (int i : order(notes)) {
      if (chords.isEmpty()
          || notes.get(i).startSec() - notes.get(chords.getLast().getFirst()).startSec() >= CHORD_SEC) {
        chords.add(new ArrayList<>());
      }
      chords.getLast().add(i);
    }
    return chords;
  }

  /** Lines of note indices, each in order of time; every note is in exactly one. */
  public static List<List<Integer>> lines(List<Note> notes) {
    var lines = new ArrayList<List<Integer>>();
    for (List<Integer> chord : chords(notes)) {
      var taken = new ArrayList<List<Integer>>();
      for (int i : chord) {
        List<Integer> line = nearestFree(lines, taken, notes, notes.get(i));
        if (line == null) {
          line = new ArrayList<>();
          lines.add(line);
        }
        line.add(i);
        taken.add(line);
      }
    }
    return lines;
  }

  private static List<Integer> nearestFree(
      List<List<Integer>> lines, List<List<Integer>> taken, List<Note> notes, Note note) {
    List<Integer> best = null;
    double bestDistance = Double.MAX_VALUE;
    for (List<Integer> line : lines) {
      Note last = notes.get(line.getLast());
      double overlapSec = last.endSec() - note.startSec();
      boolean free = overlapSec <= Math.max(ROUNDING_SEC, Math.min(MOST_OVERLAP_SEC, MOST_OVERLAP_SHARE * last.durationSec()))
          && taken.stream().noneMatch(t -> t == line);
      double distance = Math.abs(last.midi() - note.midi()) + (overlapSec > ROUNDING_SEC ? OVERLAP_DISTANCE : 0);
      if (free && distance < bestDistance) {
        best = line;
        bestDistance = distance;
      }
    }
    return best;
  }
}
