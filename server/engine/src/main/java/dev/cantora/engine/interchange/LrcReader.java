package dev.cantora.engine.interchange;

import dev.cantora.engine.score.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LRC: lyrics with times, for lines ({@code [mm:ss.xx]}) or words ({@code <mm:ss.xx>}). It says when, not at which pitch:
 * every word becomes a note at C4, for somebody to move. Words of a line without times of their own share it evenly.
 */
final class LrcReader {
  private static final Pattern STAMP = Pattern.compile("\\G\\s*\\[(\\d{1,3}):(\\d{1,2})(?:[.:](\\d{1,3}))?]");
  private static final Pattern WORD = Pattern.compile("<(\\d{1,3}):(\\d{1,2})(?:[.:](\\d{1,3}))?>([^<]*)");
  private static final Pattern OFFSET = Pattern.compile("(?im)^\\s*\\[offset:\\s*([+-]?\\d{1,7})\\s*]");
  private static final Pattern TITLE = Pattern.compile("(?im)^\\s*\\[ti:([^\\]\\r\\n]*)]");
  private static final double LAST_LINE_SEC = 4;
  private static final double LONGEST_WORD_SEC = 1;
  private static final int MOST_BYTES = 4 << 20;
  private static final double PITCH = 60;

  private final MidiOptions options;

  /** A word with its time; empty text ends the word before. */
  private record Timed(double sec, String text) {}

  LrcReader(MidiOptions options) {
    this.options = options;
  }

  ImportedFile read(byte[] file) {
    if (file.length > MOST_BYTES) {
      throw ScoreFiles.tooLarge("An LRC file may hold " + MOST_BYTES + " bytes.");
    }
    String text = TextFile.decode(file, StandardCharsets.ISO_8859_1);
    Matcher offset = OFFSET.matcher(text);
    double offsetSec = offset.find() ? Integer.parseInt(offset.group(1)) / 1000.0 : 0;
    List<Timed> lines = new ArrayList<>();
    for (String line : text.split("\\R")) {
      Matcher stamp = STAMP.matcher(line);
      List<Double> times = new ArrayList<>();
      int end = 0;
      while (stamp.find()) {
        times.add(Math.max(0, seconds(stamp) - offsetSec));
        end = stamp.end();
      }
      for (double sec : times) {
        ScoreFiles.requireRoom(lines.size());
        lines.add(new Timed(sec, line.substring(end).strip()));
      }
    }
    if (lines.isEmpty()) {
      throw ScoreFiles.unreadable("The file has no line with a time such as [00:12.50].");
    }
    lines.sort(Comparator.comparingDouble(Timed::sec));
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      double end = i + 1 < lines.size() ? lines.get(i + 1).sec() : lines.get(i).sec() + LAST_LINE_SEC;
      addLine(lines.get(i), end, offsetSec, notes);
    }
    double bpm = options.bpmOverride() == null ? 120 : options.bpmOverride();
    Matcher title = TITLE.matcher(text);
    return new ImportedFile(ScoreFormat.LRC, ScoreHead.titled(title.find() ? title.group(1).strip() : ""), ScoreFiles.score(bpm, notes),
        List.of(new ImportedFile.Track(0, "", notes.size())), List.of("LRC has no pitches: every word is a note at C4."));
  }

  private void addLine(Timed line, double endSec, double offsetSec, List<Note> notes) {
    List<Timed> words = new ArrayList<>();
    Matcher word = WORD.matcher(line.text());
    while (word.find()) {
      words.add(new Timed(Math.max(0, seconds(word) - offsetSec), word.group(4).strip()));
    }
    if (words.isEmpty() && !line.text().isEmpty()) {
      String[] spread = line.text().split("\\s+");
      double each = Math.min(LONGEST_WORD_SEC, (endSec - line.sec()) / spread.length);
      for (int i = 0; i < spread.length; i++) {
        words.add(new Timed(line.sec() + i * each, spread[i]));
      }
      words.add(new Timed(line.sec() + spread.length * each, ""));
    }
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).text().isEmpty()) {
        double next = i + 1 < words.size() ? words.get(i + 1).sec() : Math.min(endSec, words.get(i).sec() + LONGEST_WORD_SEC);
        add(words.get(i), next, notes);
      }
    }
  }

  private void add(Timed word, double endSec, List<Note> notes) {
    ScoreFiles.requireRoom(notes.size());
    double duration = Math.max(ScoreFiles.SHORTEST_SEC, endSec - word.sec());
    if (word.sec() + duration > ScoreFiles.LATEST_SEC) {
      throw ScoreFiles.tooLarge("The file is longer than an hour.");
    }
    String lyric = word.text().length() > 60 ? word.text().substring(0, 60) : word.text();
    notes.add(new Note("", word.sec(), duration, PITCH, options.defaultVelocity(), options.defaultTimbre(), null, 0, 0, null, lyric));
  }

  private static double seconds(Matcher stamp) {
    String fraction = stamp.group(3);
    double part = fraction == null ? 0 : Integer.parseInt(fraction) / Math.pow(10, fraction.length());
    return 60 * Integer.parseInt(stamp.group(1)) + Integer.parseInt(stamp.group(2)) + part;
  }
}
