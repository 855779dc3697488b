package dev.cantora.engine.performance;

import dev.cantora.engine.Unison;
import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import java.util.ArrayList;
import java.util.List;

/**
 * One score as the singers of a choir in unison have it: each a little out of tune, wandering, at an own time, with an
 * own vibrato and place. Choirs measured by Ternstroem and Sundberg ("Intonation precision of choir singers", Journal of
 * the Acoustical Society of America 84, 1988) scatter by 10 to 20 cents; their members' vibrati are not in step.
 */
public final class UnisonParts {

  private static final double DRIFT_STEP_SEC = 0.25;
  /** Slow wandering, as a share of the detuning. */
  private static final double DRIFT_SHARE = 0.35;
  private static final double VIBRATO_RATE_SPREAD = 0.08;
  private static final double VIBRATO_DEPTH_SPREAD = 0.25;

  private UnisonParts() {}

  /**
   * @param member 0..singers-1; always the same for the same seed
   * @return the score itself for a soloist
   */
  public static Score part(Score score, Unison unison, int member, int rngSeed) {
    if (unison.singers() == 1) {
      return score;
    }
    long seed = SplitMix64.at(rngSeed, 1_000_003L + member);
    TimeWarp warp = new TimeWarp(score.notes(), unison.timingSec(), seed);
    double detune = spread(member, unison.singers()) * unison.detuneCents() / 100;
    double pan = spread(place(member, unison.singers(), rngSeed), unison.singers()) * unison.width();
    List<Note> notes = new ArrayList<>();
    for (Note note : score.notes()) {
      double start = warp.at(note.startSec());
      notes.add(new Note(note.id(), start, Math.max(0.001, warp.at(note.endSec()) - start),
          Math.max(0, Math.min(127, note.midi() + detune)), note.velocity(), note.timbre(), vibrato(note.vibrato(), seed),
          note.portamentoSec(), Math.max(-1, Math.min(1, note.pan() + pan)), note.breathiness(), note.lyric(),
          note.expression()));
    }
    return new Score(score.bpm(), notes, score.lyrics(), phonemes(score.phonemes(), warp),
        withDrift(score, unison.detuneCents() * DRIFT_SHARE, seed), score.dictionary());
  }

  /** Evenly from -1 to 1. */
  private static double spread(int member, int singers) {
    return 2.0 * member / (singers - 1) - 1;
  }

  /** Place of a member from left to right: shuffled, so that the flat ones do not all stand on one side. */
  private static int place(int member, int singers, int rngSeed) {
    int[] order = new int[singers];
    for (int i = 0; i < singers; i++) {
      int j = (int) (SplitMix64.unitAt(rngSeed, 2_000_003L + i) * (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order[member];
  }

  private static Vibrato vibrato(Vibrato vibrato, long seed) {
    if (vibrato == null) {
      return null;
    }
    double rate = 1 + VIBRATO_RATE_SPREAD * (2 * SplitMix64.unitAt(seed, -1) - 1);
    double depth = 1 + VIBRATO_DEPTH_SPREAD * (2 * SplitMix64.unitAt(seed, -2) - 1);
    return new Vibrato(Math.min(50, vibrato.rateHz() * rate), Math.min(1200, vibrato.depthCents() * depth), vibrato.onsetSec());
  }

  private static List<TimedPhoneme> phonemes(List<TimedPhoneme> phonemes, TimeWarp warp) {
    return phonemes == null ? null : phonemes.stream().map(p -> {
      double start = Math.max(0, warp.at(p.tSec()));
      return new TimedPhoneme(start, Math.max(0, warp.at(p.endSec()) - start), p.phoneme(), p.vowel(), p.timbreHint(),
          p.strength(), p.noteId());
    }).toList();
  }

  private static Lanes withDrift(Score score, double mostCents, long seed) {
    Lanes lanes = score.lanes();
    if (mostCents == 0) {
      return lanes;
    }
    LaneCursor bend = new LaneCursor(lanes.pitchBend(), 0);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i * DRIFT_STEP_SEC <= score.endSec() + DRIFT_STEP_SEC; i++) {
      times.add(i * DRIFT_STEP_SEC);
    }
    if (lanes.pitchBend() != null) {
      lanes.pitchBend().points().forEach(point -> times.add(point.tSec()));
    }
    List<Curve.Point> points = times.stream().sorted().distinct()
        .map(sec -> new Curve.Point(sec, bend.at(sec) + drift(sec, mostCents, seed))).toList();
    return new Lanes(lanes.dynamics(), lanes.breathiness(), lanes.tension(), new Curve(points), lanes.formantShift(),
        lanes.growl(), lanes.fry(), lanes.whisper(), lanes.timbreMorph());
  }

  private static double drift(double sec, double mostCents, long seed) {
    long step = (long) (sec / DRIFT_STEP_SEC);
    double part = sec / DRIFT_STEP_SEC - step;
    double from = SplitMix64.unitAt(seed, 1_000_000 + step);
    double to = SplitMix64.unitAt(seed, 1_000_001 + step);
    return mostCents * (2 * (from + part * (to - from)) - 1);
  }
}
