package dev.cantora.engine.lyrics;

import dev.cantora.engine.score.TimedPhoneme;
import java.util.List;

/**
 * A text sung on notes.
 *
 * @param events sorted by time; those of one note neither overlap nor run backwards
 * @param warnings one sentence each
 */
public record PhonemizeResult(List<TimedPhoneme> events, List<String> warnings) {
  public PhonemizeResult {
    events = List.copyOf(events);
    warnings = List.copyOf(warnings);
  }
}
