package dev.cantora.engine.performance;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Lanes;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.Vibrato;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceDefaults;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One singer's view of everything that is not pitch or level: lanes read forwards in time, defaults of the voice, and the
 * rules of precedence: a note's own word, then the lane, then the phonemes, then the voice.
 */
public final class ScoreControls {

  private final List<String> timbres;
  private final VoiceDefaults[] defaults;
  private final int defaultTimbre;
  private final boolean speaks;
  private final LaneCursor dynamics;
  private final LaneCursor breathiness;
  private final LaneCursor tension;
  private final LaneCursor pitchBend;
  private final LaneCursor formantShift;
  private final LaneCursor growl;
  private final LaneCursor fry;
  private final LaneCursor whisper;
  private final LaneCursor[] morph;
  private final boolean morphs;
  private final float[] target;
  private final boolean[] stated = new boolean[5];

  /**
   * @param defaultTimbre or null for the voice's first
   * @param speaks whether the singer has phonemes, which then give the colour where nothing stronger does
   * @throws EngineException INVALID_BODY for an unknown default timbre
   */
  public ScoreControls(Lanes lanes, Voice voice, String defaultTimbre, boolean speaks) {
    this.timbres = voice.timbres();
    this.defaults = timbres.stream().map(voice::defaults).toArray(VoiceDefaults[]::new);
    this.defaultTimbre = defaultTimbre == null ? 0 : timbres.indexOf(defaultTimbre);
    this.speaks = speaks;
    dynamics = new LaneCursor(lanes.dynamics(), 1);
    breathiness = new LaneCursor(lanes.breathiness(), 0);
    tension = new LaneCursor(lanes.tension(), 0);
    pitchBend = new LaneCursor(lanes.pitchBend(), 0);
    formantShift = new LaneCursor(lanes.formantShift(), 0);
    growl = new LaneCursor(lanes.growl(), 0);
    fry = new LaneCursor(lanes.fry(), 0);
    whisper = new LaneCursor(lanes.whisper(), 0);
    morph = timbres.stream().map(name -> new LaneCursor(lanes.timbreMorph().get(name), 0)).toArray(LaneCursor[]::new);
    morphs = Arrays.stream(morph).anyMatch(lane -> !lane.isAbsent());
    target = new float[timbres.size()];
  }

  /** Checks every timbre a score names. @throws EngineException INVALID_BODY with the path and the list */
  public static void checkTimbres(Score score, Voice voice, String defaultTimbre) {
    if (defaultTimbre != null) {
      check(defaultTimbre, voice, "config.defaultTimbre");
    }
    for (int i = 0; i < score.notes().size(); i++) {
      if (score.notes().get(i).timbre() != null) {
        check(score.notes().get(i).timbre(), voice, "score.notes." + i + ".timbre");
      }
    }
  }

  private static void check(String timbre, Voice voice, String path) {
    if (!voice.timbres().contains(timbre)) {
      throw new EngineException(Fault.INVALID_BODY, "This voice has no timbre \"" + timbre + "\".", path,
          Map.of("available", voice.timbres()));
    }
  }

  int timbres() {
    return timbres.size();
  }

  float dynamics(double timeSec) {
    return dynamics.at(timeSec, 0, 1);
  }

  double bendSemitones(double timeSec) {
    return pitchBend.at(timeSec, -2400, 2400) / 100;
  }

  /** The vibrato of the voice for a note that states none. */
  Vibrato vibrato(Note note) {
    return defaults[note.timbre() == null ? defaultTimbre : timbres.indexOf(note.timbre())].vibrato();
  }

  /** Writes all controls but pitch and level. @param keep share of the old colour, breath and place that stays */
  void fill(ControlPoint now, double timeSec, Note note, float keep) {
    Expression own = note.expression();
    now.tension = control(0, own.tension(), tension.at(timeSec, -1, 1), now.tension, keep);
    now.formantShift = control(1, own.formantShift(), formantShift.at(timeSec, -12, 12), now.formantShift, keep);
    now.growl = control(2, own.growl(), growl.at(timeSec, 0, 1), now.growl, keep);
    now.fry = control(3, own.fry(), fry.at(timeSec, 0, 1), now.fry, keep);
    now.whisper = control(4, own.whisper(), whisper.at(timeSec, 0, 1), now.whisper, keep);
    now.pan = smooth(now.pan, (float) note.pan(), keep);
    boolean overrides = colour(timeSec, note);
    now.override = smooth(now.override, overrides ? 1f : 0f, keep);
    for (int i = 0; i < target.length; i++) {
      now.weights[i] = overrides || keep == 0f ? smooth(now.weights[i], target[i], keep) : now.weights[i];
    }
    now.breathiness = smooth(now.breathiness, breathiness(timeSec, note), keep);
  }

  /** Lanes are lines and need no smoothing; from the first note on that states a value of its own, steps do. */
  private float control(int which, Double own, float lane, float old, float keep) {
    stated[which] |= own != null;
    float aim = own != null ? own.floatValue() : lane;
    return stated[which] ? smooth(old, aim, keep) : aim;
  }

  /** Sets {@link #target} and says whether it is to replace what the phonemes say. */
  private boolean colour(double timeSec, Note note) {
    Arrays.fill(target, 0f);
    if (note.timbre() != null) {
      target[timbres.indexOf(note.timbre())] = 1f;
      return true;
    }
    if (morphs) {
      float sum = 0f;
      for (int i = 0; i < target.length; i++) {
        target[i] = morph[i].at(timeSec, 0, Float.MAX_VALUE);
        sum += target[i];
      }
      if (sum > 0f) {
        for (int i = 0; i < target.length; i++) {
          target[i] /= sum;
        }
      } else {
        target[defaultTimbre] = 1f;
      }
      return true;
    }
    target[defaultTimbre] = 1f;
    return !speaks;
  }

  private float breathiness(double timeSec, Note note) {
    if (note.breathiness() != null) {
      return note.breathiness().floatValue();
    }
    if (!breathiness.isAbsent()) {
      return breathiness.at(timeSec, 0, 1);
    }
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      sum += target[i] * defaults[i].breathiness();
    }
    return (float) sum;
  }

  /** Within a thousandth the old value snaps to its aim, so that a held colour becomes constant and costs nothing. */
  private static float smooth(float old, float aim, float keep) {
    float value = Math.fma(keep, old - aim, aim);
    return Math.abs(value - aim) < 1e-3f ? aim : value;
  }
}
