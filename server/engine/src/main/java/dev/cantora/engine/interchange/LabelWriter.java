package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.Locale;

/** Timed phonemes for other programs. */
public final class LabelWriter {
  private LabelWriter() {}

  /** Audacity's label track: start and end in seconds and the label, tab-separated. */
  public static String audacity(Score score) {
    var out = new StringBuilder();
    for (TimedPhoneme p : score.phonemes()) {
      out.append(String.format(Locale.ROOT, "%.6f\t%.6f\t%s%n", p.tSec(), p.endSec(), p.phoneme()));
    }
    return out.toString();
  }

  /** HTK label file: start and end in units of 100 ns and the label. */
  public static String htk(Score score) {
    var out = new StringBuilder();
    for (TimedPhoneme p : score.phonemes()) {
      out.append(Math.round(p.tSec() * 1e7)).append(' ').append(Math.round(p.endSec() * 1e7)).append(' ')
          .append(p.phoneme().toLowerCase(Locale.ROOT)).append('\n');
    }
    return out.toString();
  }
}
