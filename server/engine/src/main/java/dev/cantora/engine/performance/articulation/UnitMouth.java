package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.units.PhoneClass;
import dev.cantora.engine.voice.units.UnitBank;

/**
 * Sings a {@link UnitLine}. Frames of units are decoded as they are reached, two at a time, and mixed in decibels between.
 * Around the place where two units meet, each is led towards a common frame ({@link JoinFrame}): its formants by warping,
 * what then remains by a difference that fades out towards the phone's boundary.
 */
final class UnitMouth implements Articulator {

  /** Frames over which a unit is led to a join. */
  private static final int JOIN_FRAMES = 4;
  private static final float LAST_SHARE = 1e-4f;
  /** A timbre's colour takes hold of a vowel, and lets go of it, in this time. */
  private static final double COLOUR_SEC = 0.05;

  final UnitLine line;
  private final UnitBank bank;
  private final float silentLog2;
  private final BreathModel breath;
  private final TimbreMorph morph;
  private final JoinFrame join;
  private final SpectralWarp warp = new SpectralWarp(UnitBank.FORMANTS, JoinFrame.JOIN_MOST);
  private final UnitFrame raw = new UnitFrame();
  private final UnitFrame bridge = new UnitFrame();
  private final UnitFrame low = new UnitFrame();
  private final UnitFrame high = new UnitFrame();
  private int lowUnit = -2;
  private int lowFrame;
  private int highUnit = -2;
  private int highFrame;
  private int cursor;
  private int entered = -1;

  UnitMouth(UnitLine line, BreathModel breath, TimbreMorph morph) {
    this.line = line;
    this.bank = line.bank;
    this.silentLog2 = bank.grid().silentLog2();
    this.breath = breath;
    this.morph = morph;
    this.join = new JoinFrame(line);
  }

  /** Forgets what is cached; called when the line has changed under the mouth. */
  void rewind() {
    cursor = 0;
    entered = -1;
    lowUnit = -2;
    highUnit = -2;
  }

  /** Plans the phone under way again; its end has become known. */
  void replan() {
    entered = -1;
    lowUnit = -2;
    highUnit = -2;
  }

  @Override
  public void at(double timeSec, float[] timbreWeights, SpectralFrame out) {
    enter(timeSec);
    double local = timeSec - line.startSec[cursor];
    if (local < line.firstSec) {
      between(cursor - 1, line.firstPosition(Math.max(0, local)), out);
    } else if (local < line.firstSec + line.holdSec || line.secondKept == 0) {
      write(join.frame, join.frame, 0f, out);
    } else {
      between(cursor, line.secondPosition(local - line.firstSec - line.holdSec), out);
    }
    PhoneClass kind = line.kind[cursor];
    if (timbreWeights != null && kind.isVowel()) {
      double edge = Math.min(local, line.endSec[cursor] - timeSec);
      float share = cursor > 0 ? (float) Math.clamp(edge / COLOUR_SEC, 0.0, 1.0) : 1f;
      morph.blend(timbreWeights, share, out.envelope);
    }
    if (!kind.isSonorant()) {
      float gain = line.strengthLog2[cursor];
      for (int band = 0; gain != 0f && band < NoiseBands.COUNT; band++) {
        out.noise[band] += out.noise[band] > silentLog2 ? gain : 0f;
      }
    }
    breath.of(out.envelope, out.breath);
  }

  private void enter(double timeSec) {
    while (cursor + 1 < line.count && timeSec >= line.startSec[cursor + 1]) {
      cursor++;
    }
    if (entered != cursor) {
      line.plan(cursor);
      join.prepare(cursor);
      entered = cursor;
    }
  }

  /** Every frame of a stop or an affricate: a burst may be a single one, which steps of the synthesis' own would miss. */
  @Override
  public double nextEdgeSec(double timeSec) {
    enter(timeSec);
    if (line.kind[cursor] != PhoneClass.STOP) {
      return Double.POSITIVE_INFINITY;
    }
    double start = line.startSec[cursor];
    return Math.min(line.endSec[cursor], start + line.nextFrameSec(timeSec - start));
  }

  /** A held phone does not move; a timbre's colour still may, near its ends. */
  @Override
  public double steadyUntilSec(double timeSec) {
    if (entered != cursor || line.holdSec <= 0) {
      return timeSec;
    }
    double from = line.startSec[cursor] + Math.max(line.firstSec, COLOUR_SEC);
    double to = Math.min(line.startSec[cursor] + line.firstSec + line.holdSec, line.endSec[cursor] - COLOUR_SEC);
    return timeSec >= from && timeSec < to ? to : timeSec;
  }

  /** Writes the mix of two successive frames of the unit that leads out of a phone. */
  private void between(int unit, double position, SpectralFrame out) {
    int last = line.frames(unit) - 1;
    int frame = Math.clamp((int) position, 0, last);
    int next = Math.min(last, frame + 1);
    if (lowUnit != unit || lowFrame != frame) {
      if (highUnit == unit && highFrame == frame) {
        low.copy(high);
      } else {
        load(unit, frame, low);
      }
      lowUnit = unit;
      lowFrame = frame;
    }
    if (highUnit != unit || highFrame != next) {
      load(unit, next, high);
      highUnit = unit;
      highFrame = next;
    }
    write(low, high, (float) Math.min(1.0, Math.max(0.0, position - frame)), out);
  }

  private static void write(UnitFrame a, UnitFrame b, float share, SpectralFrame out) {
    float[] from = a.envelope;
    float[] to = b.envelope;
    float[] envelope = out.envelope;
    for (int i = 0; i < envelope.length; i++) {
      envelope[i] = from[i] + share * (to[i] - from[i]);
    }
    for (int i = 0; i < NoiseBands.COUNT; i++) {
      out.noise[i] = a.noise[i] + share * (b.noise[i] - a.noise[i]);
    }
  }

  /** Decodes a frame and leads it to the join of its phone. */
  private void load(int unit, int frame, UnitFrame out) {
    boolean second = frame < line.boundary(unit);
    int owner = second ? unit : unit + 1;
    float share = 0f;
    if (owner == cursor && entered == cursor) {
      int kept = second ? line.secondKept : line.firstKept;
      int away = second ? frame - (int) line.secondFrame : (int) line.firstFrame + line.firstKept - frame;
      float reach = Math.min(JOIN_FRAMES, kept);
      share = away >= reach ? 0f : 1f - away / reach;
    }
    if (share < LAST_SHARE || !join.leads()) {
      decode(unit, frame, out);
      return;
    }
    decode(unit, frame, raw);
    join.lead(raw, second, share, warp, out);
  }

  void decode(int unit, int frame, UnitFrame out) {
    decode(line, unit, frame, bridge, out);
  }

  /** Reads a frame of the unit that leads out of a phone; bridges what the bank lacks from target to target. */
  static void decode(UnitLine line, int unit, int frame, UnitFrame spare, UnitFrame out) {
    int index = line.unit(unit);
    if (index >= 0) {
      out.read(line.bank, line.bank.firstFrame(index) + frame);
      return;
    }
    target(line.bank, line.phone[unit], out);
    target(line.bank, line.phone[unit + 1], spare);
    float part = frame / (float) (UnitLine.BRIDGE_FRAMES - 1);
    out.mix(out, spare, part * part * (3f - 2f * part));
  }

  /** The frame on which a phone is held; silence for a phone without one. */
  static void target(UnitBank bank, int phone, UnitFrame out) {
    int frame = bank.targetFrame(phone);
    if (frame < 0) {
      out.silence(bank.top() - 255 * UnitBank.STEP);
    } else {
      out.read(bank, frame);
    }
  }
}
