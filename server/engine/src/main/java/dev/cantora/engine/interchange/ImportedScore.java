package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Score;
import java.util.List;

/**
 * A score read from a foreign file.
 *
 * @param trackCount tracks of the file
 * @param unmatchedNoteOff ends of notes that had not begun
 * @param unmatchedNoteOn notes that never ended; they last to the end of the file
 * @param warnings one sentence each
 */
public record ImportedScore(
    Score score, int trackCount, int unmatchedNoteOff, int unmatchedNoteOn, List<String> warnings) {
  public ImportedScore {
    warnings = List.copyOf(warnings);
  }
}
