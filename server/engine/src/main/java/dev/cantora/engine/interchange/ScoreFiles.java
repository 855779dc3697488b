package dev.cantora.engine.interchange;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads scores from the files of other programs. */
public final class ScoreFiles {
  /** Notes that one file may hold. */
  static final int MOST_NOTES = 100_000;
  static final double LATEST_SEC = 3600;
  static final double SHORTEST_SEC = 0.001;

  private ScoreFiles() {}

  /**
   * @param format or null for what the file looks like
   * @throws EngineException UNKNOWN_SCORE_FORMAT, SCORE_FILE_UNREADABLE, SCORE_FILE_TOO_LARGE
   */
  public static ImportedFile read(byte[] file, ScoreFormat format, MidiOptions options) {
    ScoreFormat known = format != null ? format : ScoreFormat.sniff(file).orElseThrow(() -> new EngineException(
        Fault.UNKNOWN_SCORE_FORMAT, "This does not look like a file of any format that is read here."));
    return switch (known) {
      case MIDI -> {
        ImportedScore midi = MidiReader.read(file, options);
        MidiContents contents = MidiContents.of(file);
        yield new ImportedFile(known, contents.head(), midi.score(), contents.tracks(), midi.warnings());
      }
      case MUSICXML -> new MusicXmlReader(known, options).read(file);
      case MXL -> new MusicXmlReader(known, options).read(CompressedMusicXml.unpack(file));
      case UST -> new UstReader(options).read(file);
      case USTX -> new UstxReader(options).read(file);
      case LRC -> new LrcReader(options).read(file);
    };
  }

  static EngineException unreadable(String problem) {
    return new EngineException(Fault.SCORE_FILE_UNREADABLE, problem, null, Map.of());
  }

  static EngineException tooLarge(String problem) {
    return new EngineException(Fault.SCORE_FILE_TOO_LARGE, problem, null, Map.of());
  }

  /** Sorted by time and numbered; Japanese where kana are sung. @throws EngineException SCORE_FILE_TOO_LARGE */
  static Score score(double bpm, List<Note> notes) {
    return score(bpm, notes, null);
  }

  /** As {@link #score(double, List)}. @param lanes or null */
  static Score score(double bpm, List<Note> notes, Lanes lanes) {
    List<Note> sorted = notes.stream().sorted(Comparator.comparingDouble(Note::startSec).thenComparingDouble(Note::midi)).toList();
    List<Note> numbered = new ArrayList<>();
    for (Note n : sorted) {
      if (n.endSec() > LATEST_SEC) {
        throw tooLarge("The file is longer than an hour.");
      }
      numbered.add(new Note("note_" + (numbered.size() + 1), n.startSec(), n.durationSec(), n.midi(), n.velocity(), n.timbre(),
          n.vibrato(), n.portamentoSec(), n.pan(), n.breathiness(), n.lyric(), n.expression()));
    }
    boolean kana = sorted.stream().anyMatch(n -> n.lyric() != null && n.lyric().codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x30FF));
    Lyrics lyrics = kana ? new Lyrics("", "ja") : null;
    return new Score(Math.clamp(bpm, 20, 400), numbered, lyrics, null, lanes, null);
  }

  /** Refuses one note too many. */
  static void requireRoom(int notes) {
    if (notes >= MOST_NOTES) {
      throw tooLarge("The file holds more than " + MOST_NOTES + " notes.");
    }
  }
}
