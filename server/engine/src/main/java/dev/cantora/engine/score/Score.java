package dev.cantora.engine.score;

import java.util.List;
import java.util.Map;

/**
 * A whole score.
 *
 * @param bpm 20..400; all times are seconds, so this moves no note
 * @param notes in the caller's order, may be empty
 * @param lyrics or null
 * @param phonemes or null; when present (even empty) lyrics are not phonemised
 * @param lanes never null
 * @param dictionary the score's own pronunciations, word (lower case) to phonemes; may be empty
 */
public record Score(
    double bpm,
    List<Note> notes,
    Lyrics lyrics,
    List<TimedPhoneme> phonemes,
    Lanes lanes,
    Map<String, List<String>> dictionary) {

  public Score {
    Bounds.require(bpm, 20, 400, "score.bpm");
    notes = List.copyOf(notes);
    phonemes = phonemes == null ? null : List.copyOf(phonemes);
    lanes = lanes == null ? Lanes.NONE : lanes;
    dictionary = dictionary == null ? Map.of() : Map.copyOf(dictionary);
  }

  /** End of the last note in seconds; 0 without notes. */
  public double endSec() {
    return notes.stream().mapToDouble(Note::endSec).max().orElse(0);
  }
}
