package dev.cantora.client;

import dev.cantora.api.model.Note;
import dev.cantora.api.model.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a one-voice score note after note. Immutable: every step makes a new melody. */
public final class Melody {
  private static final Pattern PITCH = Pattern.compile("([A-Ga-g])([#b]?)(-?\\d)");
  private static final Map<Character, Integer> SEMITONES = Map.of('C', 0, 'D', 2, 'E', 4, 'F', 5, 'G', 7, 'A', 9, 'B', 11);

  private final double bpm;
  private final double beats;
  private final List<Note> notes;

  private Melody(double bpm, double beats, List<Note> notes) {
    this.bpm = bpm;
    this.beats = beats;
    this.notes = List.copyOf(notes);
  }

  /** @param bpm quarter notes per minute, 20..400 */
  public static Melody atTempo(double bpm) {
    if (!(bpm >= 20 && bpm <= 400)) {
      throw new IllegalArgumentException("bpm must lie in 20..400, was " + bpm);
    }
    return new Melody(bpm, 0, List.of());
  }

  /**
   * Adds a note.
   *
   * @param pitch such as {@code C4}, {@code F#3}, {@code Bb5}; C4 is MIDI note 60
   * @param beats length in quarter notes
   * @param lyric word or syllable, {@code -} to go on with the syllable before, or null for the bare voice
   */
  public Melody sing(String pitch, double beats, String lyric) {
    double beatSec = 60 / bpm;
    List<Note> longer = new ArrayList<>(notes);
    longer.add(Note.builder().id("n" + (notes.size() + 1)).startSec(this.beats * beatSec).durationSec(beats * beatSec)
        .midi(midi(pitch)).lyric(lyric).build());
    return new Melody(bpm, this.beats + beats, longer);
  }

  /** Adds silence. @param beats length in quarter notes */
  public Melody rest(double beats) {
    return new Melody(bpm, this.beats + beats, notes);
  }

  public Score toScore() {
    return Score.builder().bpm(bpm).notes(notes).build();
  }

  /** MIDI number of a pitch name. @throws IllegalArgumentException when it is none, or outside 0..127 */
  public static int midi(String pitch) {
    Matcher matcher = PITCH.matcher(pitch);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a pitch such as C4, F#3 or Bb5: " + pitch);
    }
    int accidental = switch (matcher.group(2)) {
      case "#" -> 1;
      case "b" -> -1;
      default -> 0;
    };
    int octave = Integer.parseInt(matcher.group(3));
    int midi = (octave + 1) * 12 + SEMITONES.get(Character.toUpperCase(matcher.group(1).charAt(0))) + accidental;
    if (midi < 0 || midi > 127) {
      throw new IllegalArgumentException(pitch + " is MIDI note " + midi + ", outside 0..127");
    }
    return midi;
  }
}
