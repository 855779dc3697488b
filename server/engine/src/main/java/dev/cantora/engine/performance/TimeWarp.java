package dev.cantora.engine.performance;

import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.score.Note;
import java.util.List;

/**
 * One singer's own idea of time: every beginning and end of a note moves a little, what lies between moves along. Never
 * runs backwards, never leaves the score's beginning, and what happens at one time goes on happening at one time.
 */
final class TimeWarp {

  /** Share of the time to the next edge that an edge may move by. */
  private static final double MOST_SHARE = 0.3;

  private final double[] edgeSec;
  private final double[] offsetSec;

  TimeWarp(List<Note> notes, double mostSec, long seed) {
    edgeSec = notes.stream().flatMap(note -> java.util.stream.Stream.of(note.startSec(), note.endSec()))
        .mapToDouble(Double::doubleValue).sorted().distinct().toArray();
    offsetSec = new double[edgeSec.length];
    for (int i = 0; i < edgeSec.length; i++) {
      double before = i == 0 ? edgeSec[i] : MOST_SHARE * (edgeSec[i] - edgeSec[i - 1]);
      double after = i + 1 == edgeSec.length ? mostSec : MOST_SHARE * (edgeSec[i + 1] - edgeSec[i]);
      double wish = mostSec * (2 * SplitMix64.unitAt(seed, i) - 1);
      offsetSec[i] = Math.max(-before, Math.min(after, wish));
    }
  }

  /** Where this singer puts a time of the score. */
  double at(double sec) {
    if (edgeSec.length == 0) {
      return sec;
    }
    int next = java.util.Arrays.binarySearch(edgeSec, sec);
    if (next >= 0) {
      return sec + offsetSec[next];
    }
    next = -next - 1;
    if (next == 0) {
      return edgeSec[0] == 0 ? sec : sec + offsetSec[0] * (sec / edgeSec[0]);
    }
    if (next == edgeSec.length) {
      return sec + offsetSec[next - 1];
    }
    double part = (sec - edgeSec[next - 1]) / (edgeSec[next] - edgeSec[next - 1]);
    return sec + offsetSec[next - 1] + part * (offsetSec[next] - offsetSec[next - 1]);
  }
}
