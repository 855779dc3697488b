package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.units.PhoneClass;
import dev.cantora.engine.voice.units.UnitBank;

/**
 * The frame at which the two half units of a phone meet, half-way between them, and how to lead either half to it. Vowels
 * too meet half-way and not on one target for all: a vowel that keeps the colour of its neighbours tells them over its
 * whole length, and the rhyme test ({@code bench voice}) rewards that. Towards silence a vowel is its own target: there is
 * nothing that could colour it.
 */
final class JoinFrame {

  /** Formants of one phone in two contexts differ by less than this factor. */
  static final float JOIN_MOST = 1.35f;

  private final UnitLine line;
  private final float silentLog2;
  /** The common frame. */
  final UnitFrame frame = new UnitFrame();
  private final UnitFrame first = new UnitFrame();
  private final UnitFrame second = new UnitFrame();
  private final UnitFrame spare = new UnitFrame();
  private final UnitFrame own = new UnitFrame();
  private final float[] halfOfLeft = new float[frame.envelope.length];
  private final UnitFrame firstRest = new UnitFrame();
  private final UnitFrame secondRest = new UnitFrame();
  private final SpectralWarp warp = new SpectralWarp(UnitBank.FORMANTS, JOIN_MOST);
  private boolean leads;
  private boolean warps;

  JoinFrame(UnitLine line) {
    this.line = line;
    this.silentLog2 = line.bank.grid().silentLog2();
  }

  /** Whether frames near the join have to be led at all. */
  boolean leads() {
    return leads;
  }

  /** Computes the join of the phone last planned. */
  void prepare(int index) {
    boolean hasFirst = index > 0;
    boolean hasSecond = index + 1 < line.count;
    PhoneClass kind = line.kind[index];
    leads = false;
    if (kind == PhoneClass.SILENCE || !hasFirst && !hasSecond) {
      UnitMouth.target(line.bank, line.phone[index], frame);
      return;
    }
    if (hasFirst) {
      UnitMouth.decode(line, index - 1, (int) line.firstFrame + line.firstKept, spare, first);
    }
    if (hasSecond) {
      UnitMouth.decode(line, index, (int) line.secondFrame, spare, second);
    }
    if (!hasFirst) {
      first.copy(second);
    } else if (!hasSecond) {
      second.copy(first);
    }
    leads = true;
    warps = kind != PhoneClass.STOP && kind != PhoneClass.FRICATIVE;
    UnitFrame left = aim(index, index - 1, first);
    UnitFrame right = aim(index, index + 1, second);
    for (int i = 0; i < UnitBank.FORMANTS; i++) {
      frame.formantsHz[i] = 0.5f * (left.formantsHz[i] + right.formantsHz[i]);
    }
    moved(left, false);
    System.arraycopy(frame.envelope, 0, halfOfLeft, 0, halfOfLeft.length);
    moved(right, true);
    for (int i = 0; i < frame.noise.length; i++) {
      frame.noise[i] = 0.5f * (left.noise[i] + right.noise[i]);
    }
    if (kind.isVowel()) {
      lift(Math.abs(peak(left) - peak(right)) / 2);
    }
    rest(first, firstRest);
    rest(second, secondRest);
  }

  private static float peak(UnitFrame of) {
    float peak = Float.NEGATIVE_INFINITY;
    for (float each : of.envelope) {
      peak = Math.max(peak, each);
    }
    return peak;
  }

  /**
   * Up to the level of the louder half, for the other one was cut where its vowel was still rising or falling already; but
   * nowhere beyond what one of the halves has there.
   */
  private void lift(float log2) {
    for (int i = 0; i < frame.envelope.length; i++) {
      float mean = frame.envelope[i];
      float apart = Math.abs(2 * halfOfLeft[i] - mean);
      frame.envelope[i] = mean > silentLog2 ? mean + Math.min(log2, apart) : mean;
    }
  }

  /** What a half unit contributes to the join: the frame it ends on, or a vowel's target when beyond it nothing sounds. */
  private UnitFrame aim(int index, int neighbour, UnitFrame end) {
    if (!line.isSilent(neighbour) || !line.kind[index].isVowel() || line.bank.targetFrame(line.phone[index]) < 0) {
      return end;
    }
    UnitMouth.target(line.bank, line.phone[index], own);
    return own;
  }

  private void moved(UnitFrame from, boolean add) {
    warp.set(from.formantsHz, frame.formantsHz, warps ? 1f : 0f);
    warp.apply(from.envelope, 0.5f, add, frame.envelope);
  }

  private void rest(UnitFrame end, UnitFrame rest) {
    warp.set(end.formantsHz, frame.formantsHz, warps ? 1f : 0f);
    warp.apply(end.envelope, -1f, false, rest.envelope);
    for (int i = 0; i < rest.envelope.length; i++) {
      rest.envelope[i] += frame.envelope[i];
    }
    for (int i = 0; i < rest.noise.length; i++) {
      rest.noise[i] = frame.noise[i] - end.noise[i];
    }
    for (int i = 0; i < rest.formantsHz.length; i++) {
      rest.formantsHz[i] = frame.formantsHz[i] - end.formantsHz[i];
    }
  }

  /** Leads a frame of one half to the join. @param share 1 at the join, 0 far from it */
  void lead(UnitFrame raw, boolean fromSecond, float share, SpectralWarp with, UnitFrame out) {
    UnitFrame rest = fromSecond ? secondRest : firstRest;
    for (int i = 0; i < out.formantsHz.length; i++) {
      out.formantsHz[i] = raw.formantsHz[i] + rest.formantsHz[i];
    }
    with.set(raw.formantsHz, out.formantsHz, warps ? share : 0f);
    with.apply(raw.envelope, 1f, false, out.envelope);
    for (int i = 0; i < out.envelope.length; i++) {
      out.envelope[i] += share * rest.envelope[i];
    }
    for (int i = 0; i < out.noise.length; i++) {
      out.noise[i] = raw.noise[i] + share * rest.noise[i];
    }
  }
}
