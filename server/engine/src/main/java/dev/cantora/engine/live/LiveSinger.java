package dev.cantora.engine.live;

import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice.Controller;
import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.performance.ControlPoint;
import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.performance.Intonation;
import dev.cantora.engine.performance.LinePerformer;
import dev.cantora.engine.performance.PhaseLaw;
import dev.cantora.engine.performance.articulation.LiveArticulator;
import dev.cantora.engine.synthesis.Reached;
import dev.cantora.engine.voice.Voice;

/** One live singer: the note it sings, its level, and its place in time. Plays forwards, up to any sample. */
final class LiveSinger {

  private static final double ATTACK_SEC = 0.01;
  private static final double FADE_SEC = 0.01;
  private static final double SHORTEST_RELEASE_SEC = 0.005;
  private static final double LEGATO_SEC = 0.03;
  /** Time constant of controllers, colour and breath. */
  private static final double SMOOTH_SEC = 0.015;

  private final int sampleRateHz;
  private final SessionControls controls;
  private final LiveArticulator mouth;
  private final Reached reached;
  private final PhaseLaw law;
  private final ControlPoint now;
  private final LevelRamp ramp = new LevelRamp();
  private final float[] colour;
  private final float keepPerPeriod;

  private LiveNote note;
  private int noteTimbre;
  private long token;
  private long start;
  private long seed;
  private long position;
  private long phase;
  private boolean sounding;
  private boolean fresh;
  private double pitch;
  private double fromMidi;
  private double joinStep;
  private long releaseAt = Long.MAX_VALUE;
  private int releaseSamples;
  private float bend;
  private float dynamics;

  LiveSinger(Voice voice, SessionControls controls, int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
    this.controls = controls;
    mouth = voice.articulateLive();
    reached = new Reached(voice.grid());
    law = new PhaseLaw(sampleRateHz);
    now = new ControlPoint(controls.timbres());
    colour = new float[controls.timbres()];
    keepPerPeriod = keep(LinePerformer.PERIOD);
  }

  boolean isSounding() {
    return sounding;
  }

  /** Whether its end is settled. */
  boolean isReleasing() {
    return releaseAt != Long.MAX_VALUE || ramp.level(ramp.end()) == 0f;
  }

  boolean sings(long ofToken) {
    return sounding && token == ofToken;
  }

  /** Pitch of the note last sung, from which the next may glide. */
  double midi() {
    return note.midi();
  }

  float level() {
    return ramp.level(position);
  }

  /**
   * Begins a note at the sample played up to. A singer that sounds goes on from its level and phase.
   *
   * @param glideFrom pitch before, for portamento
   */
  void start(LiveNote newNote, long newToken, long at, double glideFrom, long newSeed) {
    note = newNote;
    noteTimbre = newNote.timbre() == null ? -1 : controls.timbre(newNote.timbre(), "timbre");
    token = newToken;
    start = at;
    fromMidi = glideFrom;
    releaseAt = Long.MAX_VALUE;
    mouth.begin(newNote.phonemes(), (double) at / sampleRateHz);
    reached.mouthChanged();
    float velocity = (float) newNote.velocity();
    if (sounding) {
      joinStep = pitch - lawfulPitch(0);
    } else {
      sounding = true;
      fresh = true;
      position = at;
      phase = 0;
      joinStep = 0;
      seed = newSeed;
      ramp.reset(at, velocity);
      moveTo(at, 0f);
    }
    ramp.aim(at, velocity, velocity, samples(ATTACK_SEC));
  }

  /** Ends the note at the sample played up to: consonants run out, then the level falls. */
  void release(long at, int overSamples) {
    double endSec = mouth.end((double) at / sampleRateHz);
    reached.mouthChanged();
    releaseAt = Math.max(at, Math.min(at + sampleRateHz / 2, Math.round(endSec * sampleRateHz)));
    releaseSamples = Math.max(samples(SHORTEST_RELEASE_SEC), overSamples);
    if (releaseAt == at) {
      beginRelease(at);
    }
  }

  private void beginRelease(long at) {
    ramp.aim(at, 0f, ramp.aimedEffort(), releaseSamples);
    releaseAt = Long.MAX_VALUE;
  }

  /** Fades within 10 ms from the sample played up to, unless silence comes sooner. */
  void fade(long at) {
    token = 0;
    releaseAt = Long.MAX_VALUE;
    if (ramp.level(ramp.end()) != 0f || ramp.end() - at > samples(FADE_SEC)) {
      ramp.aim(at, 0f, ramp.aimedEffort(), samples(FADE_SEC));
    }
  }

  /** Stops at once. Everything else is set when it starts again. */
  void silence() {
    sounding = false;
    token = 0;
    ramp.reset(0, 0f);
    releaseAt = Long.MAX_VALUE;
  }

  /** Adds what lies between the sample played up to and another one to a desk's mix. @param origin sample at index 0 of it */
  void playTo(long to, Desk desk, long origin) {
    if (!sounding || position >= to) {
      return;
    }
    ControlTrack track = desk.track();
    track.clear();
    track.beginSpan(phase);
    track.add(now);
    while (sounding && position < to) {
      if (position == releaseAt) {
        beginRelease(position);
      }
      long grid = (position / LinePerformer.PERIOD + 1) * LinePerformer.PERIOD;
      long next = Math.min(Math.min(to, grid), releaseAt);
      if (ramp.end() > position) {
        next = Math.min(next, ramp.end());
      }
      int length = (int) (next - position);
      double f0Before = now.f0Hz;
      moveTo(next, length == LinePerformer.PERIOD ? keepPerPeriod : keep(length));
      law.stretch(f0Before, now.f0Hz, length);
      phase = law.end(phase, length);
      track.add(now);
      position = next;
      sounding = !ramp.isSilentFrom(next);
    }
    if (fresh) {
      fresh = false;
      desk.synth().sing(track, mouth, seed, origin, desk.mix(), reached);
    } else {
      desk.synth().singOn(track, mouth, seed, origin, desk.mix(), reached);
    }
  }

  /** See {@link SingerPool}. Means nothing. */
  float fetch() {
    return sounding ? reached.fetch() + now.level + ramp.level(position) : 0f;
  }

  private float keep(int samples) {
    return (float) Elementary.exp2(-samples / (SMOOTH_SEC * sampleRateHz) * 1.4426950408889634);
  }

  private void moveTo(long at, float keep) {
    double tSec = (double) (at - start) / sampleRateHz;
    pitch = lawfulPitch(tSec) + joinStep * Intonation.rest(tSec, LEGATO_SEC);
    bend = smooth(bend, controls.get(Controller.BEND), keep);
    now.sample = at;
    now.f0Hz = Math.min(Intonation.f0Hz(pitch + bend / 100), 0.45 * sampleRateHz);
    now.tension = smooth(now.tension, controls.get(Controller.TENSION), keep);
    now.formantShift = smooth(now.formantShift, controls.get(Controller.FORMANT_SHIFT), keep);
    now.growl = smooth(now.growl, controls.get(Controller.GROWL), keep);
    now.whisper = smooth(now.whisper, controls.get(Controller.WHISPER), keep);
    now.pan = smooth(now.pan, controls.get(Controller.PAN), keep);
    dynamics = smooth(dynamics, controls.get(Controller.DYNAMICS), keep);
    now.level = ramp.level(at) * dynamics;
    now.effort = ramp.effort(at) * dynamics;
    boolean overrides = controls.colour(noteTimbre, !note.phonemes().isEmpty(), colour);
    now.override = smooth(now.override, overrides ? 1f : 0f, keep);
    for (int i = 0; i < colour.length; i++) {
      now.weights[i] = overrides || keep == 0f ? smooth(now.weights[i], colour[i], keep) : now.weights[i];
    }
    now.breathiness = smooth(now.breathiness, controls.breathiness(note.breathiness(), colour), keep);
  }

  private double lawfulPitch(double tSec) {
    double gliding = note.portamentoSec() > 0
        ? Intonation.portamento(fromMidi, note.midi(), tSec, note.portamentoSec()) : note.midi();
    return gliding + (note.vibrato() != null ? Intonation.stated(note.vibrato(), tSec)
        : Intonation.natural(controls.defaults(noteTimbre).vibrato(), tSec, seed));
  }

  private int samples(double seconds) {
    return (int) Math.round(seconds * sampleRateHz);
  }

  /** Snaps to its aim within a small distance, so that what is held becomes constant and costs nothing. */
  private static float smooth(float old, float aim, float keep) {
    float value = Math.fma(keep, old - aim, aim);
    return Math.abs(value - aim) < 1e-3f ? aim : value;
  }

  /** The seed of a slot's singer. */
  static long seed(int rngSeed, int slot) {
    return SplitMix64.at((long) rngSeed + slot, 0);
  }
}
