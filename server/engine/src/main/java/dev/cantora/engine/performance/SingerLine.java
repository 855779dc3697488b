package dev.cantora.engine.performance;

import dev.cantora.engine.performance.articulation.LinePhoneme;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of one singer: notes one after the other, the level over time, and the phonemes. Attack and release are the
 * linear 50 and 100 ms of contract section 10, with the reference's clicks cured: an attack fits into its note, a release
 * starts from the level reached, a note that follows at once starts from the level of the one before, and a note whose
 * singer is taken away fades in the 10 ms before.
 */
public final class SingerLine {

  private static final double ATTACK_SEC = 0.05;
  /** A note that begins with a consonant: the consonant has an onset of its own, a slow attack would swallow it. */
  private static final double CONSONANT_ATTACK_SEC = 0.012;
  private static final double SHORTEST_ATTACK_SEC = 0.005;
  private static final double RELEASE_SEC = 0.1;
  private static final double STEAL_SEC = 0.01;
  /** A repeated pitch without consonants is told apart by a dip of the level to this share. */
  private static final double REPEAT_DIP = 0.4;

  private static final double REPEAT_DIP_SEC = 0.02;

  private final int index;
  private final int sampleRateHz;
  private final List<SungNote> notes = new ArrayList<>();
  private final List<Double> previousMidi = new ArrayList<>();
  private final LevelCurve level = new LevelCurve();
  private List<LinePhoneme> phonemes = List.of();
  private long silentFrom;

  SingerLine(int index, int sampleRateHz) {
    this.index = index;
    this.sampleRateHz = sampleRateHz;
  }

  /** Place among the singers, from 0. */
  public int index() {
    return index;
  }

  /** In time, possibly empty. */
  public List<LinePhoneme> phonemes() {
    return phonemes;
  }

  void phonemes(List<LinePhoneme> line) {
    phonemes = List.copyOf(line);
  }

  List<SungNote> notes() {
    return notes;
  }

  LevelCurve level() {
    return level;
  }

  /** Pitch from which a note may glide, or NaN. */
  double previousMidi(int note) {
    return previousMidi.get(note);
  }

  SungNote last() {
    return notes.isEmpty() ? null : notes.getLast();
  }

  /** Sample from which nothing of the notes so far is heard. */
  long silentFrom() {
    return silentFrom;
  }

  /**
   * Appends a note.
   *
   * @param join whether it goes on from the level of the note before
   * @param glideFromMidi or NaN
   */
  void sing(SungNote note, boolean join, double glideFromMidi) {
    double velocity = note.note().velocity();
    long from = note.soundStart();
    double reached = join ? joinLevel(note) : clear(from);
    level.add(from, reached, reached > 0 ? level.effortAt(level.size() - 1) : velocity);
    long room = note.start() > from ? note.start() - from : (note.release() - from) / 2;
    long attack = Math.min(samples(note.start() > from ? CONSONANT_ATTACK_SEC : ATTACK_SEC), Math.max(samples(SHORTEST_ATTACK_SEC), room));
    double top = velocity;
    if (from + attack < note.release()) {
      level.add(from + attack, velocity, velocity);
    } else {
      top = reached + (velocity - reached) * (note.release() - from) / attack;
    }
    level.add(note.release(), top, velocity);
    silentFrom = note.release() + samples(RELEASE_SEC);
    level.add(silentFrom, 0, velocity);
    notes.add(note);
    previousMidi.add(glideFromMidi);
  }

  /** The level at which a joined note goes on. */
  private double joinLevel(SungNote note) {
    SungNote before = last();
    boolean repeat = note.phonemes().isEmpty() && Math.abs(before.note().midi() - note.note().midi()) < 0.5;
    if (!repeat) {
      return level.cut(note.soundStart());
    }
    long dipStart = Math.max(before.soundStart() + 1, note.soundStart() - samples(REPEAT_DIP_SEC));
    return REPEAT_DIP * level.cut(Math.min(dipStart, note.soundStart() - 1));
  }

  /** Silences the line by a sample, fading whatever sounds, and returns 0. */
  private double clear(long by) {
    while (!notes.isEmpty() && notes.getLast().soundStart() >= by) {
      level.cut(notes.getLast().soundStart());
      notes.removeLast();
      previousMidi.removeLast();
    }
    if (silentFrom > by && !notes.isEmpty()) {
      level.cut(Math.max(notes.getLast().soundStart(), by - samples(STEAL_SEC)));
    }
    return 0;
  }

  private long samples(double seconds) {
    return Math.round(seconds * sampleRateHz);
  }
}
