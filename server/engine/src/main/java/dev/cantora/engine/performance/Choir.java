package dev.cantora.engine.performance;

import dev.cantora.engine.performance.articulation.LinePhoneme;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deals the notes of a score out to singers. A note that begins where another ends goes to the same singer, the nearest
 * in pitch, so that a melody is one line; else to a silent singer, else to one who is in a release, else to the one whose
 * note is oldest: the newest starts win (contract section 10).
 */
public final class Choir {

  /** A note this much after another's end still continues its line. */
  private static final double JOIN_GAP_SEC = 0.05;
  /** A note this much before another's end still continues its line. */
  private static final double JOIN_OVERLAP_SEC = 0.03;
  /** No consonant before a note or after it is waited for longer than this. */
  private static final double LONGEST_CONSONANTS_SEC = 0.5;

  private final int sampleRateHz;
  private final int firstIndex;
  private final List<SingerLine> lines = new ArrayList<>();

  private Choir(int sampleRateHz, int firstIndex) {
    this.sampleRateHz = sampleRateHz;
    this.firstIndex = firstIndex;
  }

  /**
   * Plans a score.
   *
   * @param maxPolyphony number of singers there may be
   * @param firstIndex index of the first singer
   * @return the singers that have something to sing, by index
   */
  public static List<SingerLine> cast(Score score, int sampleRateHz, int maxPolyphony, int firstIndex) {
    Choir choir = new Choir(sampleRateHz, firstIndex);
    choir.deal(score, maxPolyphony);
    return choir.lines;
  }

  private void deal(Score score, int maxPolyphony) {
    List<TimedPhoneme> phonemes = score.phonemes() == null ? List.of()
        : score.phonemes().stream().sorted(Comparator.comparingDouble(TimedPhoneme::tSec)).toList();
    double previousMidi = Double.NaN;
    double lastMidi = Double.NaN;
    long lastStart = -1;
    for (SungNote note : sung(score.notes(), phonemes)) {
      if (note.start() > lastStart) {
        previousMidi = lastMidi;
        lastStart = note.start();
      }
      lastMidi = note.note().midi();
      give(note, maxPolyphony, previousMidi);
    }
    List<TimedPhoneme> everyones = phonemes.stream().filter(p -> p.noteId() == null).toList();
    for (SingerLine line : lines) {
      line.phonemes(PhonemeLine.of(line.notes(), everyones, sampleRateHz));
    }
  }

  private List<SungNote> sung(List<Note> notes, List<TimedPhoneme> phonemes) {
    Map<String, List<Integer>> byId = new HashMap<>();
    for (int i = 0; i < notes.size(); i++) {
      byId.computeIfAbsent(notes.get(i).id(), id -> new ArrayList<>(1)).add(i);
    }
    List<List<TimedPhoneme>> own = new ArrayList<>();
    notes.forEach(note -> own.add(null));
    for (TimedPhoneme phoneme : phonemes) {
      List<Integer> named = phoneme.noteId() == null ? null : byId.get(phoneme.noteId());
      if (named != null) {
        int note = nearest(named, notes, phoneme);
        if (own.get(note) == null) {
          own.set(note, new ArrayList<>());
        }
        own.get(note).add(phoneme);
      }
    }
    List<SungNote> sung = new ArrayList<>();
    for (int i = 0; i < notes.size(); i++) {
      sung.add(sung(notes.get(i), i, own.get(i) == null ? List.of() : own.get(i)));
    }
    sung.sort(Comparator.comparingLong(SungNote::soundStart).thenComparingInt(SungNote::order));
    return sung;
  }

  /** Ids need not be unique: of several notes the one the phoneme lies nearest to sings it. */
  private static int nearest(List<Integer> named, List<Note> notes, TimedPhoneme phoneme) {
    int best = named.getFirst();
    double middle = phoneme.tSec() + phoneme.durSec() / 2;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate : named) {
      Note note = notes.get(candidate);
      double distance = Math.max(0, Math.max(note.startSec() - middle, middle - note.endSec()));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  private SungNote sung(Note note, int order, List<TimedPhoneme> phonemes) {
    double from = note.startSec();
    double to = note.endSec();
    if (!phonemes.isEmpty()) {
      from = Math.max(Math.max(0, from - LONGEST_CONSONANTS_SEC), Math.min(from, phonemes.getFirst().tSec()));
      to = Math.min(to + LONGEST_CONSONANTS_SEC, Math.max(to, phonemes.getLast().endSec()));
    }
    long start = samples(note.startSec());
    long end = Math.max(start + 1, samples(note.endSec()));
    return new SungNote(note, order, Math.min(start, samples(from)), start, end, Math.max(end, samples(to)), phonemes);
  }

  private void give(SungNote note, int maxPolyphony, double previousMidi) {
    SingerLine joined = null;
    SingerLine silent = null;
    SingerLine releasing = null;
    SingerLine oldest = null;
    for (SingerLine line : lines) {
      SungNote last = line.last();
      if (last == null) {
        silent = silent == null ? line : silent;
        continue;
      }
      if (continues(last, note) && isNearer(line, joined, note)) {
        joined = line;
      }
      if (line.silentFrom() <= note.soundStart()) {
        silent = isNearer(line, silent, note) ? line : silent;
      } else if (last.release() <= note.soundStart()) {
        releasing = releasing == null || line.silentFrom() < releasing.silentFrom() ? line : releasing;
      } else {
        oldest = oldest == null || last.start() < oldest.last().start() ? line : oldest;
      }
    }
    if (joined == null && silent == null && lines.size() < maxPolyphony) {
      silent = new SingerLine(firstIndex + lines.size(), sampleRateHz);
      lines.add(silent);
    }
    SingerLine line = joined != null ? joined : silent != null ? silent : releasing != null ? releasing : oldest;
    SungNote before = line.last();
    line.sing(note, line == joined, before == null || before.start() >= note.start() ? previousMidi : before.note().midi());
  }

  private boolean continues(SungNote last, SungNote note) {
    return last.soundStart() < note.soundStart() && last.start() < note.start()
        && note.start() - last.end() <= samples(JOIN_GAP_SEC)
        && last.end() - note.start() <= samples(JOIN_OVERLAP_SEC);
  }

  private static boolean isNearer(SingerLine line, SingerLine than, SungNote note) {
    return than == null || than.last() == null || distance(line, note) < distance(than, note);
  }

  private static double distance(SingerLine line, SungNote note) {
    return Math.abs(line.last().note().midi() - note.note().midi());
  }

  private long samples(double seconds) {
    return Math.round(seconds * sampleRateHz);
  }
}
