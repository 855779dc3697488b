package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Vibrato;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * UST, the project file of UTAU: sections of {@code Key=Value}, one per note, lengths in ticks of 480 to the quarter, text
 * in Shift-JIS or UTF-8. {@code R} is a rest, alone or after the vowel that ends in it. Pitch points and vibrato are kept;
 * voice-bank settings have no meaning here and are left out.
 */
final class UstReader {
  private static final double TICKS = 480;
  private static final int MOST_BYTES = 16 << 20;
  private static final Charset SHIFT_JIS = Charset.forName("windows-31j");

  private final MidiOptions options;
  private final QuarterTempo tempo = new QuarterTempo();
  private final List<Map<String, String>> sections = new ArrayList<>();

  UstReader(MidiOptions options) {
    this.options = options;
  }

  ImportedFile read(byte[] file) {
    if (file.length > MOST_BYTES) {
      throw ScoreFiles.tooLarge("A UST file may hold " + MOST_BYTES + " bytes.");
    }
    parse(TextFile.decode(file, SHIFT_JIS));
    List<Note> notes = new ArrayList<>();
    List<double[]> spans = new ArrayList<>();
    List<Map<String, String>> sung = new ArrayList<>();
    double at = 0;
    for (Map<String, String> section : sections) {
      String name = section.get("");
      if (options.bpmOverride() == null && section.containsKey("Tempo")) {
        tempo.add(at / TICKS, number(section, "Tempo", 120));
      }
      if (!name.matches("#\\d+")) {
        continue;
      }
      double length = number(section, "Length", 0);
      if (length < 0 || at + length > TICKS * 1_000_000) {
        throw ScoreFiles.unreadable("A length in section [" + name + "] is out of bounds.");
      }
      if (!isRest(section.getOrDefault("Lyric", "R")) && length > 0) {
        ScoreFiles.requireRoom(sung.size());
        sung.add(section);
        spans.add(new double[] {at, at + length});
      }
      at += length;
    }
    if (options.bpmOverride() != null) {
      tempo.add(0, options.bpmOverride());
    }
    if (sections.stream().noneMatch(section -> section.get("").matches("#\\d+|#TRACKEND"))) {
      throw ScoreFiles.unreadable("The file has none of a UST's sections.");
    }
    for (int i = 0; i < sung.size(); i++) {
      notes.add(note(sung.get(i), spans.get(i)));
    }
    NoteGlides glides = new NoteGlides(notes, sung.stream().map(PitchPoints::ofUst).toList());
    List<String> warnings = new ArrayList<>();
    if (tempo.isEmpty()) {
      warnings.add("The file states no tempo; it is read at 120 quarters a minute.");
    }
    String name = sections.stream().filter(s -> s.get("").equals("#SETTING")).map(s -> s.getOrDefault("ProjectName", ""))
        .findFirst().orElse("");
    return new ImportedFile(ScoreFormat.UST, ScoreHead.titled(name), ScoreFiles.score(tempo.firstBpm(), glides.notes(true), glides.drawn().lanes(warnings)),
        List.of(new ImportedFile.Track(0, name, notes.size())), warnings);
  }

  private void parse(String text) {
    Map<String, String> section = new HashMap<>(Map.of("", ""));
    for (String line : text.split("\\R")) {
      if (line.startsWith("[") && line.strip().endsWith("]")) {
        section = new HashMap<>();
        section.put("", line.strip().substring(1, line.strip().length() - 1));
        sections.add(section);
      } else {
        int equals = line.indexOf('=');
        if (equals > 0) {
          section.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    }
  }

  private Note note(Map<String, String> section, double[] ticks) {
    double start = tempo.seconds(ticks[0] / TICKS);
    double duration = Math.max(ScoreFiles.SHORTEST_SEC, tempo.seconds(ticks[1] / TICKS) - start);
    double midi = number(section, "NoteNum", 60);
    if (!(midi >= 0 && midi <= 127) || start + duration > ScoreFiles.LATEST_SEC) {
      throw ScoreFiles.unreadable("A note in section [" + section.get("") + "] lies out of bounds.");
    }
    double intensity = section.containsKey("Intensity") ? Math.clamp(number(section, "Intensity", 100) / 100, 0, 1)
        : options.defaultVelocity();
    return new Note("", start, duration, midi, intensity, options.defaultTimbre(), vibrato(section, duration), 0, 0,
        null, UtauLyric.sung(section.get("Lyric")));
  }

  /** {@code VBR} is length in percent, period in ms, depth in cents, and what has no counterpart here. */
  private static Vibrato vibrato(Map<String, String> section, double durationSec) {
    String[] parts = section.getOrDefault("VBR", "").split(",");
    if (parts.length < 3) {
      return null;
    }
    double[] numbers = new double[3];
    for (int i = 0; i < 3; i++) {
      numbers[i] = parts[i].isBlank() ? 0 : XmlElement.number(parts[i], "VBR");
    }
    return UstxReader.vibrato(numbers[0], numbers[1], numbers[2], durationSec);
  }

  private static boolean isRest(String lyric) {
    return lyric.isEmpty() || lyric.matches("(?i)(\\S+ )?r|rest");
  }

  private static double number(Map<String, String> section, String key, double absent) {
    String value = section.get(key);
    return value == null || value.isEmpty() ? absent : XmlElement.number(value.replace(',', '.'), key);
  }
}
