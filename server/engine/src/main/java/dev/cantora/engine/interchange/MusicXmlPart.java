package dev.cantora.engine.interchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One part of a MusicXML score: its measures as written, then its notes as they are played. */
final class MusicXmlPart {
  private static final Map<String, Integer> STEPS = Map.of("C", 0, "D", 2, "E", 4, "F", 5, "G", 7, "A", 9, "B", 11);
  private static final double SLACK_QUARTERS = 1e-6;
  private static final int MOST_LYRIC_CHARS = 60;

  /** A note in quarters of the piece as it is played. */
  static final class Raw {
    final double start;
    double end;
    final int midi;
    String lyric;

    private Raw(double start, double end, int midi) {
      this.start = start;
      this.end = end;
      this.midi = midi;
    }
  }

  /** A measure with what holds at its beginning. @param divisions of a quarter @param transpose semitones @param length quarters */
  private record Written(XmlElement element, double divisions, int transpose, double length) {}

  private final List<Written> measures = new ArrayList<>();
  private boolean graces;

  /** Reads the measures' lengths. @param elements one for each measure */
  MusicXmlPart(List<XmlElement> elements) {
    double divisions = 1;
    int transpose = 0;
    for (XmlElement element : elements) {
      Walk walk = new Walk(divisions, transpose);
      element.children().forEach(walk::over);
      measures.add(new Written(element, divisions, transpose, walk.furthest));
      divisions = walk.divisions;
      transpose = walk.transpose;
      graces |= element.all("note").stream().anyMatch(note -> note.has("grace"));
    }
  }

  int measureCount() {
    return measures.size();
  }

  /** Quarters. */
  double length(int measure) {
    return measures.get(measure).length;
  }

  boolean hasGraces() {
    return graces;
  }

  /** Follows the time through a measure. */
  private static final class Walk {
    private double divisions;
    private int transpose;
    private double at;
    private double furthest;
    /** Of the item that was passed last: where it starts, and how long it is. */
    private double start;
    private double length;
    private double chordStart;

    private Walk(double divisions, int transpose) {
      this.divisions = divisions;
      this.transpose = transpose;
    }

    private void over(XmlElement item) {
      start = at;
      switch (item.name()) {
        case "attributes" -> {
          divisions = Math.max(1e-3, item.number("divisions", divisions));
          XmlElement change = item.child("transpose").orElse(null);
          if (change != null) {
            transpose = (int) (change.number("chromatic", 0) + 12 * change.number("octave-change", 0));
          }
        }
        case "backup" -> at = Math.max(0, at - item.number("duration", 0) / divisions);
        case "forward" -> at += Math.max(0, item.number("duration", 0)) / divisions;
        case "note" -> note(item);
        default -> { }
      }
      furthest = Math.max(furthest, at);
    }

    private void note(XmlElement item) {
      length = item.has("grace") ? 0 : Math.max(0, item.number("duration", 0)) / divisions;
      if (item.has("chord")) {
        start = chordStart;
      } else {
        chordStart = at;
        at += length;
      }
    }
  }

  /** Tells the tempo marks, in quarters as written. @param starts of the measures */
  void tempo(double[] starts, MusicXmlTempo tempo) {
    for (int i = 0; i < measures.size(); i++) {
      Written measure = measures.get(i);
      Walk walk = new Walk(measure.divisions, measure.transpose);
      for (XmlElement item : measure.element.children()) {
        walk.over(item);
        if (item.name().equals("direction")) {
          tempo.direction(item, starts[i] + walk.at + item.number("offset", 0) / walk.divisions);
        } else if (item.name().equals("sound")) {
          tempo.sound(item, starts[i] + walk.at);
        }
      }
    }
  }

  /**
   * The notes, tied ones joined.
   *
   * @param order measures as they are played @param starts of each of these
   * @param room is told of each note
   */
  List<Raw> notes(List<Integer> order, double[] starts, Runnable room) {
    List<Raw> notes = new ArrayList<>();
    Map<String, Raw> tied = new HashMap<>();
    int[] passes = new int[measures.size()];
    for (int played = 0; played < order.size(); played++) {
      int index = order.get(played);
      if (index >= measures.size()) {
        continue;
      }
      Written measure = measures.get(index);
      int pass = ++passes[index];
      Walk walk = new Walk(measure.divisions, measure.transpose);
      for (XmlElement item : measure.element.children()) {
        walk.over(item);
        if (item.name().equals("note") && item.has("pitch") && !item.has("cue") && walk.length > 0) {
          add(item, starts[played] + walk.start, walk, pass, notes, tied, room);
        }
      }
    }
    carryOn(notes);
    return notes;
  }

  private static void add(XmlElement item, double start, Walk walk, int pass, List<Raw> notes, Map<String, Raw> tied, Runnable room) {
    int midi = pitch(item.child("pitch").orElseThrow()) + walk.transpose;
    if (midi < 0 || midi > 127) {
      throw ScoreFiles.unreadable("A note lies outside MIDI's 0..127.");
    }
    String voice = item.text("voice") + ":" + midi;
    boolean stops = item.all("tie").stream().anyMatch(tie -> "stop".equals(tie.attribute("type")));
    boolean starts = item.all("tie").stream().anyMatch(tie -> "start".equals(tie.attribute("type")));
    Raw before = stops ? tied.remove(voice) : null;
    if (before != null && Math.abs(before.end - start) < SLACK_QUARTERS) {
      before.end = start + walk.length;
    } else {
      room.run();
      before = new Raw(start, start + walk.length, midi);
      before.lyric = lyric(item, pass);
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

  /** The verse of the pass, else the first. A syllable that the word goes on after ends in a hyphen. */
  private static String lyric(XmlElement item, int pass) {
    String first = null;
    for (XmlElement lyric : item.all("lyric")) {
      String number = lyric.attribute("number");
      String text = String.join(" ", lyric.all("text").stream().map(XmlElement::text).toList()).strip();
      boolean ofPass = Integer.toString(pass).equals(number);
      boolean ofFirst = number == null || number.equals("1");
      if (text.isEmpty() || !ofPass && !ofFirst) {
        continue;
      }
      String syllabic = lyric.text("syllabic");
      String sung = (text.length() > MOST_LYRIC_CHARS ? text.substring(0, MOST_LYRIC_CHARS) : text)
          + (syllabic.equals("begin") || syllabic.equals("middle") ? "-" : "");
      if (ofPass) {
        return sung;
      }
      first = first == null ? sung : first;
    }
    return first;
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
}
