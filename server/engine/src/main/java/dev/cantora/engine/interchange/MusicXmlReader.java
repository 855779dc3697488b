package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MusicXML 1.0 to 4.0, partwise and timewise: notes with ties, chords, voices and transposition, every change of tempo,
 * repeats as they are played, on each pass the verse of its number. Grace notes are left out, with a warning. The format:
 * w3.org/2021/06/musicxml40.
 */
final class MusicXmlReader {
  private final ScoreFormat format;
  private final MidiOptions options;
  private final QuarterTempo tempo = new QuarterTempo();
  private int total;

  MusicXmlReader(ScoreFormat format, MidiOptions options) {
    this.format = format;
    this.options = options;
  }

  ImportedFile read(byte[] xml) {
    XmlElement root = XmlElement.parse(xml);
    Map<String, List<XmlElement>> measures = measures(root);
    List<List<XmlElement>> elements = List.copyOf(measures.values());
    List<MusicXmlPart> parts = elements.stream().map(MusicXmlPart::new).toList();
    if (options.track() != null && (options.track() < 0 || options.track() >= parts.size())) {
      throw ScoreFiles.unreadable("The score has parts 0.." + (parts.size() - 1) + ", not " + options.track() + ".");
    }
    List<Integer> order = PlayOrder.of(elements);
    double[] starts = play(parts, order);
    Map<String, String> names = names(root);
    List<ImportedFile.Track> tracks = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    for (String id : measures.keySet()) {
      int index = tracks.size();
      List<MusicXmlPart.Raw> sung = parts.get(index).notes(order, starts, () -> ScoreFiles.requireRoom(total++));
      tracks.add(new ImportedFile.Track(index, names.getOrDefault(id, ""), sung.size()));
      if (options.track() == null || options.track() == index) {
        sung.forEach(raw -> notes.add(note(raw)));
      }
    }
    return new ImportedFile(format, head(root), ScoreFiles.score(tempo.firstBpm(), notes), tracks, warnings(parts));
  }

  /** The measures of each part by its id, in the order of the parts. */
  private static Map<String, List<XmlElement>> measures(XmlElement root) {
    Map<String, List<XmlElement>> measures = new LinkedHashMap<>();
    switch (root.name()) {
      case "score-partwise" -> {
        for (XmlElement part : root.all("part")) {
          measures.put(part.attribute("id") == null ? "part " + measures.size() : part.attribute("id"), part.all("measure"));
        }
      }
      case "score-timewise" -> {
        List<XmlElement> all = root.all("measure");
        all.forEach(measure -> measure.all("part").forEach(part -> measures.putIfAbsent(String.valueOf(part.attribute("id")), new ArrayList<>())));
        for (XmlElement measure : all) {
          Map<String, XmlElement> own = new HashMap<>();
          measure.all("part").forEach(part -> own.put(String.valueOf(part.attribute("id")), part));
          measures.forEach((id, list) -> list.add(own.getOrDefault(id, XmlElement.EMPTY)));
        }
      }
      default -> throw ScoreFiles.unreadable("The XML is no MusicXML score.");
    }
    return measures;
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

  private static Map<String, String> names(XmlElement root) {
    Map<String, String> names = new HashMap<>();
    root.child("part-list").ifPresent(list -> list.all("score-part")
        .forEach(part -> names.put(part.attribute("id"), part.text("part-name"))));
    return names;
  }

  /** Sets the tempo, and gives the starts of the measures as they are played, in quarters. */
  private double[] play(List<MusicXmlPart> parts, List<Integer> order) {
    int count = parts.stream().mapToInt(MusicXmlPart::measureCount).max().orElse(0);
    double[] written = new double[count + 1];
    for (int i = 0; i < count; i++) {
      int measure = i;
      written[i + 1] = written[i] + parts.stream().filter(part -> measure < part.measureCount())
          .mapToDouble(part -> part.length(measure)).max().orElse(0);
    }
    MusicXmlTempo marks = new MusicXmlTempo();
    if (options.bpmOverride() != null) {
      marks.add(0, options.bpmOverride());
    } else {
      parts.forEach(part -> part.tempo(written, marks));
    }
    double[] starts = new double[order.size()];
    double at = 0;
    for (int i = 0; i < starts.length; i++) {
      int measure = order.get(i);
      starts[i] = at;
      marks.play(written[measure], written[measure + 1], at, tempo);
      at += written[measure + 1] - written[measure];
    }
    return starts;
  }

  private List<String> warnings(List<MusicXmlPart> parts) {
    List<String> warnings = new ArrayList<>();
    if (tempo.isEmpty()) {
      warnings.add("The score states no tempo; it is read at 120 quarters a minute.");
    }
    if (parts.stream().anyMatch(MusicXmlPart::hasGraces)) {
      warnings.add("Grace notes were left out.");
    }
    return warnings;
  }

  private Note note(MusicXmlPart.Raw raw) {
    double start = tempo.seconds(raw.start);
    double duration = Math.max(ScoreFiles.SHORTEST_SEC, tempo.seconds(raw.end) - start);
    if (start + duration > ScoreFiles.LATEST_SEC) {
      throw ScoreFiles.tooLarge("The file is longer than an hour.");
    }
    return new Note("", start, duration, raw.midi, options.defaultVelocity(), options.defaultTimbre(), null, 0, 0, null, raw.lyric);
  }
}
