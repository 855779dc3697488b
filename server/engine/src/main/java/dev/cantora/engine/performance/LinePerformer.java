package dev.cantora.engine.performance;

import dev.cantora.engine.numeric.Elementary;
import dev.cantora.engine.numeric.SplitMix64;
import dev.cantora.engine.score.Vibrato;
import java.util.List;

/**
 * Turns one singer's line into control points, stretch after stretch. Cheap on purpose: this is the only part of a render
 * that runs strictly forwards, everything else is made from its points in any order.
 */
public final class LinePerformer implements LineSource {

  /** Points are at most this many samples apart. */
  public static final int PERIOD = 256;
  /** Spacing while a vibrato too fast for {@link #PERIOD} sounds. */
  private static final int FAST_PERIOD = 64;

  private static final double FAST_VIBRATO_HZ = 8;
  /** Time constant of changes of colour, breath and place. */
  private static final double SMOOTH_SEC = 0.01;
  /** A joined note reaches its pitch in this time; a step would be a click. */
  private static final double LEGATO_SEC = 0.03;

  private final SingerLine line;
  private final float gain;
  private final ScoreControls controls;
  private final int sampleRateHz;
  private final PhaseLaw law;
  private final ControlPoint now;
  private final long seed;

  private long phase;
  private boolean sounding;
  private int corner;
  private int note;
  private double pitch;
  private double joinStep;

  /**
   * @param controls this line's own view of the score's lanes and the voice's defaults
   * @param gain of the level alone, linear: the source's colour does not follow it
   */
  public LinePerformer(SingerLine line, ScoreControls controls, int sampleRateHz, int rngSeed, float gain) {
    this.line = line;
    this.gain = gain;
    this.controls = controls;
    this.sampleRateHz = sampleRateHz;
    this.law = new PhaseLaw(sampleRateHz);
    this.now = new ControlPoint(controls.timbres());
    this.seed = SplitMix64.at(rngSeed, line.index());
  }

  @Override
  public void perform(long from, long to, ControlTrack out) {
    out.clear();
    LevelCurve level = line.level();
    if (sounding) {
      out.beginSpan(phase);
      out.add(now);
    }
    long at = from;
    while (true) {
      if (!sounding) {
        while (corner + 1 < level.size() && level.levelAt(corner) == 0 && level.levelAt(corner + 1) == 0) {
          corner++;
        }
        if (corner + 1 >= level.size() || level.sampleAt(corner) >= to) {
          return;
        }
        at = level.sampleAt(corner);
        beginSpan(at);
        out.beginSpan(phase);
        out.add(now);
      }
      if (at >= to) {
        return;
      }
      long next = Math.min(Math.min(to, nextGrid(at)), Math.min(level.sampleAt(corner + 1), nextStart(at)));
      double f0Before = now.f0Hz;
      moveTo(next, (double) (next - at) / sampleRateHz);
      law.stretch(f0Before, now.f0Hz, (int) (next - at));
      phase = law.end(phase, (int) (next - at));
      out.add(now);
      at = next;
      if (level.sampleAt(corner + 1) == at) {
        corner++;
        sounding = corner + 1 < level.size() && level.levelAt(corner) > 0;
      }
    }
  }

  private void beginSpan(long at) {
    sounding = true;
    phase = 0;
    joinStep = 0;
    List<SungNote> notes = line.notes();
    while (note + 1 < notes.size() && notes.get(note + 1).soundStart() <= at) {
      note++;
    }
    moveTo(at, Double.POSITIVE_INFINITY);
  }

  private long nextGrid(long at) {
    Vibrato vibrato = line.notes().get(note).note().vibrato();
    int period = vibrato != null && vibrato.rateHz() > FAST_VIBRATO_HZ ? FAST_PERIOD : PERIOD;
    return (at / period + 1) * period;
  }

  /** Start of the next note when it lies ahead of a sample. */
  private long nextStart(long at) {
    List<SungNote> notes = line.notes();
    return note + 1 < notes.size() && notes.get(note + 1).start() > at ? notes.get(note + 1).start() : Long.MAX_VALUE;
  }

  /** Fills {@link #now}. @param sinceSec time since the last point; infinity after silence, when nothing is smoothed */
  private void moveTo(long at, double sinceSec) {
    List<SungNote> notes = line.notes();
    while (note + 1 < notes.size() && notes.get(note + 1).start() <= at) {
      note++;
      joinStep = pitch - pitchAt(notes.get(note), 0);
    }
    SungNote sung = notes.get(note);
    double timeSec = (double) at / sampleRateHz;
    double tSec = (double) (at - sung.start()) / sampleRateHz;
    pitch = pitchAt(sung, tSec) + joinStep * Intonation.rest(tSec, LEGATO_SEC);
    now.sample = at;
    now.f0Hz = Math.min(Intonation.f0Hz(pitch + controls.bendSemitones(timeSec)), 0.45 * sampleRateHz);
    levelAt(at, timeSec);
    float keep = sinceSec == Double.POSITIVE_INFINITY ? 0f : (float) Elementary.exp2(-sinceSec / SMOOTH_SEC * 1.4426950408889634);
    controls.fill(now, timeSec, sung.note(), keep);
  }

  private double pitchAt(SungNote sung, double tSec) {
    Vibrato stated = sung.note().vibrato();
    double lengthSec = (double) (sung.end() - sung.start()) / sampleRateHz;
    double midi = sung.note().midi() + Intonation.edges(sung.note().expression(), tSec, lengthSec);
    double target = stated != null ? midi + Intonation.stated(stated, tSec)
        : midi + Intonation.natural(controls.vibrato(sung.note()), tSec, seed + sung.order());
    double glideSec = sung.note().portamentoSec();
    return glideSec > 0 ? Intonation.portamento(line.previousMidi(note), target, tSec, glideSec) : target;
  }

  private void levelAt(long at, double timeSec) {
    LevelCurve level = line.level();
    int to = Math.min(corner + 1, level.size() - 1);
    long start = level.sampleAt(corner);
    double part = to == corner ? 0 : (double) (at - start) / (level.sampleAt(to) - start);
    float dynamics = controls.dynamics(timeSec);
    now.level = (float) (level.levelAt(corner) + part * (level.levelAt(to) - level.levelAt(corner))) * dynamics * gain;
    now.effort = (float) (level.effortAt(corner) + part * (level.effortAt(to) - level.effortAt(corner))) * dynamics;
  }
}
