package dev.cantora.engine.performance;

import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Vibrato;

/** The laws of pitch, in semitones of the MIDI scale. */
public final class Intonation {

  /** A note that states no vibrato gets the voice's after this, if it lasts that long. */
  private static final double NATURAL_DELAY_SEC = 0.5;
  private static final double NATURAL_RISE_SEC = 0.4;
  /** Share by which rate and depth of a natural vibrato wander. */
  private static final double IRREGULARITY = 0.06;

  private Intonation() {}

  /**
   * Vibrato as a note states it: {@code depth min(1, t / onset) sin(2 pi rate t)}, contract section 10.
   *
   * @param tSec since the note's start @return semitones
   */
  public static double stated(Vibrato vibrato, double tSec) {
    if (tSec <= 0 || vibrato.depthCents() == 0) {
      return 0;
    }
    double share = vibrato.onsetSec() > 0 ? Math.min(1, tSec / vibrato.onsetSec()) : 1;
    return vibrato.depthCents() / 100 * share * Elementary.sinTurns(vibrato.rateHz() * tSec);
  }

  /**
   * A voice's own vibrato on a note that states none: it comes late, so that short notes stay straight, and wanders a
   * little by the seed.
   *
   * @param tSec since the note's start @return semitones, on average 0
   */
  public static double natural(Vibrato vibrato, double tSec, long seed) {
    double since = tSec - Math.max(NATURAL_DELAY_SEC, vibrato.onsetSec());
    if (since <= 0 || vibrato.depthCents() == 0) {
      return 0;
    }
    double share = Math.min(1, since / NATURAL_RISE_SEC);
    double wander = IRREGULARITY * Elementary.sinTurns(0.31 * since + SplitMix64.unitAt(seed, 0));
    double swell = 1 + IRREGULARITY * Elementary.sinTurns(0.47 * since + SplitMix64.unitAt(seed, 1));
    return vibrato.depthCents() / 100 * share * swell * Elementary.sinTurns(vibrato.rateHz() * since + wander);
  }

  /**
   * Glide of a note from the pitch before, a straight line in semitones (contract: {@code prev (f0/prev)^(t/T)}).
   *
   * @param target pitch the note aims at now, vibrato included
   */
  public static double portamento(double fromMidi, double target, double tSec, double glideSec) {
    if (tSec >= glideSec || Double.isNaN(fromMidi)) {
      return target;
    }
    return fromMidi + (target - fromMidi) * Math.max(0, tSec) / glideSec;
  }

  /**
   * Scoop at a note's beginning and fall at its end, both in smooth steps.
   *
   * @param tSec since the note's start @param lengthSec of the note @return semitones
   */
  static double edges(Expression expression, double tSec, double lengthSec) {
    double semitones = 0;
    if (expression.scoop() != null) {
      semitones -= expression.scoop().cents() / 100 * rest(tSec, Math.min(lengthSec, expression.scoop().durationSec()));
    }
    if (expression.fall() != null) {
      double overSec = Math.min(lengthSec, expression.fall().durationSec());
      semitones -= expression.fall().cents() / 100 * (1 - rest(tSec - (lengthSec - overSec), overSec));
    }
    return semitones;
  }

  /** What is left of a step in pitch after a time: 1 falling to 0 as half a smooth step, so that no partial jumps. */
  public static double rest(double tSec, double overSec) {
    if (tSec >= overSec) {
      return 0;
    }
    double x = Math.max(0, tSec) / overSec;
    return 1 - x * x * (3 - 2 * x);
  }

  /** 440 2^((midi - 69) / 12). */
  public static double f0Hz(double midi) {
    return 440 * Elementary.exp2((midi - 69) / 12);
  }
}
