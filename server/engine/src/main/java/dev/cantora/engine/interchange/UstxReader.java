package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Vibrato;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * USTX, the project file of OpenUtau: YAML with voice parts of notes in ticks. {@code +} takes the next syllable as here,
 * {@code +~} and {@code +*} hold. Vibrato is kept and the drawn pitch too, see {@link UstxPitch}. YAML is read without types,
 * and aliases are bounded.
 */
final class UstxReader {
  private static final int MOST_CHARS = 16 << 20;

  private final MidiOptions options;
  private final QuarterTempo tempo = new QuarterTempo();
  private double ticks = 480;

  UstxReader(MidiOptions options) {
    this.options = options;
  }

  ImportedFile read(byte[] file) {
    Map<?, ?> project = load(file);
    ticks = number(project.get("resolution"), 480, "resolution");
    if (!(ticks >= 1 && ticks <= 100_000)) {
      throw ScoreFiles.unreadable("The resolution is out of bounds.");
    }
    readTempo(project);
    List<Note> notes = new ArrayList<>();
    UstxPitch pitch = new UstxPitch();
    List<ImportedFile.Track> tracks = new ArrayList<>();
    List<?> parts = list(project.get("voice_parts"));
    if (options.track() != null && (options.track() < 0 || options.track() >= parts.size())) {
      throw ScoreFiles.unreadable("The project has voice parts 0.." + (parts.size() - 1) + ", not " + options.track() + ".");
    }
    for (Object item : parts) {
      if (!(item instanceof Map<?, ?> part)) {
        throw ScoreFiles.unreadable("A voice part is no mapping.");
      }
      List<?> own = list(part.get("notes"));
      if (options.track() == null || options.track() == tracks.size()) {
        double offset = number(part.get("position"), 0, "position");
        List<Note> sung = new ArrayList<>();
        for (Object note : own) {
          ScoreFiles.requireRoom(notes.size() + sung.size());
          sung.add(note(note, offset));
        }
        notes.addAll(pitch.add(part, sung, tick -> tempo.seconds((offset + tick) / ticks)));
      }
      tracks.add(new ImportedFile.Track(tracks.size(), String.valueOf(part.get("name") == null ? "" : part.get("name")), own.size()));
    }
    Lanes lanes = pitch.lanes();
    List<String> warnings = new ArrayList<>(pitch.warnings());
    if (tempo.isEmpty()) {
      warnings.add("The file states no tempo; it is read at 120 quarters a minute.");
    }
    return new ImportedFile(ScoreFormat.USTX, head(project), ScoreFiles.score(tempo.firstBpm(), notes, lanes), tracks, warnings);
  }

  private static Map<?, ?> load(byte[] file) {
    try {
      LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(20).setAllowRecursiveKeys(false)
          .setCodePointLimit(MOST_CHARS).build();
      Object root = new Load(settings).loadFromString(TextFile.decode(file, StandardCharsets.ISO_8859_1));
      if (root instanceof Map<?, ?> project && project.containsKey("voice_parts")) {
        return project;
      }
      throw ScoreFiles.unreadable("The file is no OpenUtau project: it has no voice_parts.");
    } catch (YamlEngineException | StackOverflowError broken) {
      throw ScoreFiles.unreadable("The YAML cannot be read.");
    }
  }

  /** Newer files list their metres, older ones have one for the whole project. */
  private static ScoreHead head(Map<?, ?> project) {
    Map<?, ?> first = list(project.get("time_signatures")).stream().findFirst()
        .filter(Map.class::isInstance).<Map<?, ?>>map(Map.class::cast).orElse(project);
    String title = project.get("name") == null ? "" : String.valueOf(project.get("name")).strip();
    return new ScoreHead(title, ScoreHead.Metre.of(number(first.get("beat_per_bar"), 4, "beat_per_bar"),
        number(first.get("beat_unit"), 4, "beat_unit")));
  }

  private void readTempo(Map<?, ?> project) {
    if (options.bpmOverride() != null) {
      tempo.add(0, options.bpmOverride());
      return;
    }
    for (Object item : list(project.get("tempos"))) {
      if (item instanceof Map<?, ?> change) {
        tempo.add(number(change.get("position"), 0, "tempos") / ticks, number(change.get("bpm"), 120, "tempos"));
      }
    }
    if (tempo.isEmpty() && project.get("bpm") != null) {
      tempo.add(0, number(project.get("bpm"), 120, "bpm"));
    }
  }

  private Note note(Object item, double offset) {
    if (!(item instanceof Map<?, ?> note)) {
      throw ScoreFiles.unreadable("A note is no mapping.");
    }
    double from = (offset + number(note.get("position"), 0, "position")) / ticks;
    double start = tempo.seconds(from);
    double duration = Math.max(ScoreFiles.SHORTEST_SEC, tempo.seconds(from + number(note.get("duration"), 0, "duration") / ticks) - start);
    double midi = number(note.get("tone"), 60, "tone");
    if (!(midi >= 0 && midi <= 127) || !(start >= 0) || !(start + duration <= ScoreFiles.LATEST_SEC)) {
      throw ScoreFiles.unreadable("A note lies out of bounds.");
    }
    return new Note("", start, duration, midi, options.defaultVelocity(), options.defaultTimbre(),
        vibrato(note.get("vibrato"), duration), 0, 0, null, lyric(note.get("lyric")));
  }

  private static Vibrato vibrato(Object item, double durationSec) {
    if (!(item instanceof Map<?, ?> vibrato)) {
      return null;
    }
    return vibrato(number(vibrato.get("length"), 0, "vibrato"), number(vibrato.get("period"), 175, "vibrato"),
        number(vibrato.get("depth"), 25, "vibrato"), durationSec);
  }

  /** @param lengthPercent of the note, counted from its end @return null for none */
  static Vibrato vibrato(double lengthPercent, double periodMs, double depthCents, double durationSec) {
    if (!(lengthPercent > 0 && depthCents > 0)) {
      return null;
    }
    double straight = 1 - Math.min(100, lengthPercent) / 100;
    return new Vibrato(1000 / Math.max(20, periodMs), Math.clamp(depthCents, 0, 1200), Math.min(60, straight * durationSec));
  }

  private static String lyric(Object value) {
    String lyric = value == null ? "" : String.valueOf(value).strip();
    if (lyric.isEmpty()) {
      return null;
    }
    return lyric.startsWith("+~") || lyric.startsWith("+*") ? "-" : UtauLyric.sung(lyric);
  }

  static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  static double number(Object value, double absent, String what) {
    return value == null ? absent : XmlElement.number(String.valueOf(value), what);
  }
}
