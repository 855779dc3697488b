package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Score;
import java.util.List;

/**
 * A score read from a foreign file.
 *
 * @param head what the file says of the piece as a whole
 * @param tracks of the file, also those that were not read
 * @param warnings one sentence each
 */
public record ImportedFile(ScoreFormat format, ScoreHead head, Score score, List<Track> tracks, List<String> warnings) {

  /**
   * A track or part of a file.
   *
   * @param index what {@link MidiOptions#track()} chooses it by
   * @param name may be empty
   * @param notes that it holds
   */
  public record Track(int index, String name, int notes) {}

  public ImportedFile {
    tracks = List.copyOf(tracks);
    warnings = List.copyOf(warnings);
  }
}
