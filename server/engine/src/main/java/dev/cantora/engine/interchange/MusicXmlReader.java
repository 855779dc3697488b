package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MusicXML 1.0 to 4.0, partwise: notes with ties, chords, voices and transposition, the first verse, every change of
 * tempo. Repeats are not unfolded and grace notes left out, each with a warning. The format: w3.org/2021/06/musicxml40.
 */
final class MusicXmlReader {
  private static final Map<String, Integer> STEPS = Map.of("C", 0, "D", 2, "E", 4, "F", 5, "G", 7, "A", 9, "B", 11);
  private static final double SLACK_QUARTERS = 1e-6;

  /** A note in quarters of the piece. */
  private static final class Raw {
    private final double start;
    private double end;
    private final int midi;
    private String lyric;
    private boolean goesOn;

    private Raw(double start, double end, int midi, String lyric, boolean goesOn) {
      this.start = start;
      this.end = end;
      this.midi = midi;
      this.lyric = lyric;
      this.goesOn = goesOn;
    }
  }

  private final ScoreFormat format;
  private final MidiOptions options;
  private final QuarterTempo tempo = new QuarterTempo();
  private final List<String> warnings = new ArrayList<>();
  private final List<ImportedFile.Track> tracks = new ArrayList<>();
  private int total;
  private boolean repeats;
  private boolean graces;

  MusicXmlReader(ScoreFormat format, MidiOptions options) {
    this.format = format;
    this.options = options;
    if (options.bpmOverride() != null) {
      tempo.add(0, options.bpmOverride());
    }
  }

  ImportedFile read(byte[] xml) {
    XmlElement root = XmlElement.parse(xml);
    if (!root.name().equals("score-partwise")) {
      throw ScoreFiles.unreadable(root.name().equals("score-timewise")
          ? "Timewise MusicXML is not read; save the score partwise." : "The XML is no MusicXML score.");
    }
    Map<String, String> names = new HashMap<>();
    root.child("part-list").ifPresent(list -> list.all("score-part")
        .forEach(part -> names.put(part.attribute("id"), part.text("part-name"))));
    List<List<Raw>> parts = new ArrayList<>();
    for (XmlElement part : root.all("part")) {
      List<Raw> notes = part(part);
      tracks.add(new ImportedFile.Track(parts.size(), names.getOrDefault(part.attribute("id"), ""), notes.size()));
      parts.add(notes);
    }
    if (options.track() != null && (options.track() < 0 || options.track() >= parts.size())) {
      throw ScoreFiles.unreadable("The score has parts 0.." + (parts.size() - 1) + ", not " + options.track() + ".");
    }
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (options.track() == null || options.track() == i) {
        parts.get(i).forEach(raw -> notes.add(note(raw)));
      }
    }
    warn();
    return new ImportedFile(format, head(root), ScoreFiles.score(tempo.firstBpm(), notes), tracks, warnings);
  }

  private static ScoreHead head(XmlElement root) {
    String work = root.child("work").map(element -> element.text("work-title")).orElse("");
    Optional<XmlElement> time = root.descendants("time").findFirst();
    return new ScoreHead(work.isEmpty() ? root.text("movement-title") : work,
        time.flatMap(MusicXmlReader::metre));
  }

  /** Beats may be a sum, as 3+2. */
  private static Optional<ScoreHead.Metre> metre(XmlElement time) {
    String beats = time.text("beats");
    boolean readable = beats.matches("\\d{1,3}(\\+\\d{1,3})*") && time.text("beat-type").matches("\\d{1,3}");
    return readable ? ScoreHead.Metre.of(Arrays.stream(beats.split("\\+")).mapToInt(Integer::parseInt).sum(),
        time.number("beat-type", 4)) : Optional.empty();
  }

  private void warn() {
    if (tempo.isEmpty()) {
      warnings.add("The score states no tempo; it is read at 120 quarters a minute.");
    }
    if (repeats) {
      warnings.add("Repeats are not unfolded.");
    }
    if (graces) {
      warnings.add("Grace notes were left out.");
    }
  }

  private Note note(Raw raw) {
    double start = tempo.seconds(raw.start);
    double duration = Math.max(ScoreFiles.SHORTEST_SEC, tempo.seconds(raw.end) - start);
    if (start + duration > ScoreFiles.LATEST_SEC) {
      throw ScoreFiles.tooLarge("The file is longer than an hour.");
    }
    return new Note("", start, duration, raw.midi, options.defaultVelocity(), options.defaultTimbre(), null, 0, 0, null, raw.lyric);
  }

  private List<Raw> part(XmlElement part) {
    List<Raw> notes = new ArrayList<>();
    Map<String, Raw> tied = new HashMap<>();
    double measureStart = 0;
    double divisions = 1;
    int transpose = 0;
    for (XmlElement measure : part.all("measure")) {
      double at = measureStart;
      double furthest = measureStart;
      double chordStart = at;
      for (XmlElement item : measure.children()) {
        switch (item.name()) {
          case "attributes" -> {
            divisions = Math.max(1e-3, item.number("divisions", divisions));
            XmlElement change = item.child("transpose").orElse(null);
            if (change != null) {
              transpose = (int) (change.number("chromatic", 0) + 12 * change.number("octave-change", 0));
            }
          }
          case "backup" -> at = Math.max(measureStart, at - item.number("duration", 0) / divisions);
          case "forward" -> at += Math.max(0, item.number("duration", 0)) / divisions;
          case "direction" -> direction(item, at + item.number("offset", 0) / divisions);
          case "sound" -> sound(item, at);
          case "barline" -> repeats |= item.has("repeat");
          case "note" -> {
            if (item.has("grace") || item.has("cue")) {
              graces |= item.has("grace");
              break;
            }
            double length = Math.max(0, item.number("duration", 0)) / divisions;
            double start = item.has("chord") ? chordStart : at;
            if (item.has("pitch") && length > 0) {
              add(item, start, length, transpose, notes, tied);
            }
            if (!item.has("chord")) {
              chordStart = at;
              at += length;
            }
          }
          default -> { }
        }
        furthest = Math.max(furthest, at);
      }
      measureStart = furthest;
    }
    carryOn(notes);
    return notes;
  }

  private void add(XmlElement item, double start, double length, int transpose, List<Raw> notes, Map<String, Raw> tied) {
    int midi = pitch(item.child("pitch").orElseThrow()) + transpose;
    if (midi < 0 || midi > 127) {
      throw ScoreFiles.unreadable("A note lies outside MIDI's 0..127.");
    }
    String voice = item.text("voice") + ":" + midi;
    boolean stops = item.all("tie").stream().anyMatch(tie -> "stop".equals(tie.attribute("type")));
    boolean starts = item.all("tie").stream().anyMatch(tie -> "start".equals(tie.attribute("type")));
    Raw before = stops ? tied.remove(voice) : null;
    if (before != null && Math.abs(before.end - start) < SLACK_QUARTERS) {
      before.end = start + length;
    } else {
      ScoreFiles.requireRoom(total++);
      before = new Raw(start, start + length, midi, null, false);
      lyric(item, before);
      notes.add(before);
    }
    if (starts) {
      tied.put(voice, before);
    }
  }

  private static int pitch(XmlElement pitch) {
    Integer step = STEPS.get(pitch.text("step"));
    if (step == null) {
      throw ScoreFiles.unreadable("A pitch has no step from A to G.");
    }
    return (int) Math.rint(12 * (pitch.number("octave", 4) + 1) + step + pitch.number("alter", 0));
  }

  /** The first verse. A syllable that the word goes on after ends in a hyphen. */
  private static void lyric(XmlElement item, Raw raw) {
    for (XmlElement lyric : item.all("lyric")) {
      String number = lyric.attribute("number");
      String text = String.join(" ", lyric.all("text").stream().map(XmlElement::text).toList()).strip();
      if ((number == null || number.equals("1")) && !text.isEmpty()) {
        String syllabic = lyric.text("syllabic");
        raw.goesOn = syllabic.equals("begin") || syllabic.equals("middle");
        raw.lyric = (text.length() > 60 ? text.substring(0, 60) : text) + (raw.goesOn ? "-" : "");
        return;
      }
    }
  }

  /** In a part with words a note without any that follows at once carries the syllable on. */
  private static void carryOn(List<Raw> notes) {
    if (notes.stream().noneMatch(raw -> raw.lyric != null)) {
      return;
    }
    Raw before = null;
    for (Raw raw : notes) {
      boolean follows = before != null && Math.abs(before.end - raw.start) < SLACK_QUARTERS;
      if (raw.lyric == null && follows && before.lyric != null) {
        raw.lyric = "-";
      }
      before = raw;
    }
  }

  private void direction(XmlElement direction, double at) {
    XmlElement sound = direction.child("sound").orElse(null);
    if (sound != null && sound.attribute("tempo") != null) {
      sound(sound, at);
      return;
    }
    direction.all("direction-type").stream().flatMap(type -> type.all("metronome").stream()).forEach(metronome -> {
      double beat = switch (metronome.text("beat-unit")) {
        case "whole" -> 4;
        case "half" -> 2;
        case "quarter" -> 1;
        case "eighth" -> 0.5;
        case "16th" -> 0.25;
        default -> 0;
      };
      String perMinute = metronome.text("per-minute").replaceAll("[^0-9.]", "");
      if (beat > 0 && perMinute.matches("\\d+(\\.\\d+)?")) {
        tempo(at, Double.parseDouble(perMinute) * beat * (metronome.has("beat-unit-dot") ? 1.5 : 1));
      }
    });
  }

  private void sound(XmlElement sound, double at) {
    if (sound.attribute("tempo") != null) {
      tempo(at, XmlElement.number(sound.attribute("tempo"), "sound tempo"));
    }
  }

  private void tempo(double at, double bpm) {
    if (options.bpmOverride() == null) {
      tempo.add(at, bpm);
    }
  }
}
