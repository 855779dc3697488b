package dev.cantora.engine.performance;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import java.util.List;
import java.util.Map;

/**
 * The whole part of one singer.
 *
 * @param index picks the singer's own noise from the seed
 * @param phonemes in time, none overlapping the next
 * @param spans in time, none overlapping the next
 */
public record PlannedSinger(int index, List<LinePhoneme> phonemes, List<PlannedSpan> spans) {

  /** @throws EngineException INVALID_BODY for phonemes or spans that overlap or run backwards */
  public PlannedSinger {
    phonemes = List.copyOf(phonemes);
    spans = List.copyOf(spans);
    double lastSec = 0;
    for (int i = 0; i < phonemes.size(); i++) {
      LinePhoneme phoneme = phonemes.get(i);
      if (!(phoneme.startSec() >= lastSec && phoneme.endSec() >= phoneme.startSec())) {
        throw wrong("phonemes." + i, "must not overlap the phoneme before it or end before it begins");
      }
      lastSec = phoneme.endSec();
    }
    long last = 0;
    for (int i = 0; i < spans.size(); i++) {
      PlannedSpan span = spans.get(i);
      if (span.points() < 2 || span.sample()[0] < last) {
        throw wrong("spans." + i + ".atSample", "must have at least two points and begin after the span before");
      }
      last = span.sample()[span.points() - 1];
    }
  }

  private static EngineException wrong(String path, String problem) {
    return new EngineException(Fault.INVALID_BODY, path + " " + problem, path, Map.of());
  }
}
