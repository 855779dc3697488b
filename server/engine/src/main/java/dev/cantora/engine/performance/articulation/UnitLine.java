package dev.cantora.engine.performance.articulation;

import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.units.PhoneClass;
import dev.cantora.engine.voice.units.UnitBank;

/**
 * Phones in time, and for each how its two half units fill that time: at natural speed while there is room, the middle
 * held for the rest; faster, and then cut short from the middle, when there is not. What lies next to a boundary (bursts,
 * voice onset, formant transitions) goes last.
 */
final class UnitLine {

  /** Most that a transition may be sped up before its far end is left out. */
  private static final double MOST_SPEED = 1.5;
  /** Least speed of sounds that are stretched as a whole before they are held. */
  private static final double LEAST_SPEED = 0.6;
  /** Frames of a held vowel next to its boundaries that keep their speed: the transitions that tell its neighbours. */
  private static final int NATURAL_FRAMES = 4;
  /** 4 dB: a vowel's rise and fall through more than this are not what is stretched. */
  private static final float WEAK_LOG2 = 0.664f;
  /** How much slower than spoken the rest of a held vowel's frames may pass. */
  private static final double MOST_STRETCH = 12;
  /** Frames of the bridge that stands in for a unit the bank lacks. */
  static final int BRIDGE_FRAMES = 16;

  /** Share of a voiceless stop, when it has room, that its release takes: burst and aspiration. */
  private static final double RELEASE_SHARE = 0.6;
  /** A frame this near counts as reached. */
  private static final double FRAME_ROUNDING = 1e-3;
  /** Bursts are looked for above this band's lower edge, about 500 Hz: below lies what is left of the voice. */
  private static final int BURST_FROM_BAND = 5;
  /** How much slower than spoken a release may pass. */
  private static final double MOST_RELEASE_STRETCH = 6;

  final UnitBank bank;
  private final double pace;
  private final float[] noise = new float[NoiseBands.COUNT];
  final int[] phone;
  final PhoneClass[] kind;
  final double[] startSec;
  final double[] endSec;
  final float[] strengthLog2;
  int count;

  // the plan of the phone last planned
  double firstSec;
  double holdSec;
  double secondSec;
  double firstFrame;
  double firstRate;
  double secondFrame;
  double secondRate;
  /** Frames next to the boundaries that run at natural speed; those between run at {@link #slowPerFrameSec}. */
  private int firstFast;
  private int secondFast;
  private double slowPerFrameSec;
  /** Frames of the second half before a release that is stretched, or -1. */
  private int releaseFrame = -1;
  int firstKept;
  int secondKept;

  /** @param pace speed of transitions against the recordings' */
  UnitLine(UnitBank bank, double pace, int capacity) {
    this.bank = bank;
    this.pace = pace;
    phone = new int[capacity];
    kind = new PhoneClass[capacity];
    startSec = new double[capacity];
    endSec = new double[capacity];
    strengthLog2 = new float[capacity];
  }

  void clear() {
    count = 0;
  }

  /** Appends a phone; one beyond the capacity is left out. */
  void add(int index, double start, double end, float strength) {
    if (count == phone.length) {
      return;
    }
    phone[count] = index;
    kind[count] = PhoneClass.of(bank.phones().get(index));
    startSec[count] = start;
    endSec[count] = Math.max(start, end);
    strengthLog2[count] = strength;
    count++;
  }

  /** The unit that leads out of a phone of the line, or -1 for a bridge. */
  int unit(int index) {
    return index + 1 < count ? bank.unit(phone[index], phone[index + 1]) : -1;
  }

  /** Frames of the unit that leads out of a phone, and where in them its boundary lies. */
  int frames(int index) {
    int unit = unit(index);
    return unit < 0 ? BRIDGE_FRAMES : bank.firstFrame(unit + 1) - bank.firstFrame(unit);
  }

  int boundary(int index) {
    int unit = unit(index);
    return unit < 0 ? BRIDGE_FRAMES / 2 : bank.boundaryFrame(unit) - bank.firstFrame(unit);
  }

  /** Half-unit frames from the boundary into a phone, from the unit before it. */
  private int framesIn(int index) {
    return index == 0 ? 0 : frames(index - 1) - 1 - boundary(index - 1);
  }

  private int framesOut(int index) {
    return index + 1 < count ? boundary(index) : 0;
  }

  /** Plans a phone: see the fields. */
  void plan(int index) {
    int in = framesIn(index);
    int out = framesOut(index);
    double room = endSec[index] - startSec[index];
    double perFrame = UnitBank.HOP_SEC / pace;
    double natural = (in + out) * perFrame;
    firstKept = in;
    secondKept = out;
    double speed = 1;
    if (natural > room) {
      speed = natural / Math.max(1e-4, room);
      if (speed > MOST_SPEED) {
        speed = MOST_SPEED;
        int keep = (int) (room * MOST_SPEED / perFrame);
        keepNearBoundaries(index, in, out, Math.max(0, keep));
        natural = (firstKept + secondKept) * perFrame;
        speed = natural > 0 ? Math.max(0.05, natural / Math.max(1e-4, room)) : 1;
      }
    } else if (kind[index] == PhoneClass.APPROXIMANT && natural > 0) {
      speed = Math.max(LEAST_SPEED, natural / room);
    }
    firstSec = firstKept * perFrame / speed;
    secondSec = secondKept * perFrame / speed;
    holdSec = Math.max(0, room - firstSec - secondSec);
    firstRate = speed / perFrame;
    secondRate = speed / perFrame;
    firstFrame = index == 0 ? 0 : boundary(index - 1);
    secondFrame = out - secondKept;
    firstFast = firstKept;
    secondFast = secondKept;
    releaseFrame = -1;
    if (kind[index] == PhoneClass.STOP && holdSec > 0) {
      stretchRelease(index, room, perFrame);
    }
    if (kind[index].isVowel() && holdSec > 0 && firstKept + secondKept > 0) {
      stretchMiddle(index, room, perFrame);
    }
  }

  private void stretchMiddle(int index, double room, double perFrame) {
    float level = level(index);
    firstFast = isSilent(index - 1) ? firstKept : Math.min(firstKept, Math.max(NATURAL_FRAMES, firstWeak(index, level)));
    secondFast = isSilent(index + 1) ? secondKept : Math.min(secondKept, Math.max(NATURAL_FRAMES, secondWeak(index, level)));
    int slow = firstKept - firstFast + secondKept - secondFast;
    double left = room - (firstFast + secondFast) * perFrame;
    slowPerFrameSec = slow == 0 ? perFrame : Math.clamp(left / slow, perFrame, MOST_STRETCH * perFrame);
    firstSec = firstFast * perFrame + (firstKept - firstFast) * slowPerFrameSec;
    secondSec = secondFast * perFrame + (secondKept - secondFast) * slowPerFrameSec;
    holdSec = Math.max(0, room - firstSec - secondSec);
  }

  /** Frames after a vowel's beginning until it has come to its level. */
  private int firstWeak(int index, float level) {
    int unit = unit(index - 1);
    int weak = unit < 0 ? 0 : firstKept;
    while (weak > 0 && bank.peak(bank.firstFrame(unit) + (int) firstFrame + weak - 1) >= level) {
      weak--;
    }
    return weak;
  }

  /** Frames before a vowel's end since it has fallen from its level. */
  private int secondWeak(int index, float level) {
    int unit = unit(index);
    int weak = unit < 0 ? 0 : secondKept;
    while (weak > 0 && bank.peak(bank.firstFrame(unit) + (int) secondFrame + secondKept - weak) >= level) {
      weak--;
    }
    return weak;
  }

  /** Log2 amplitude from which on a frame is the vowel and not its rise or fall: just below the louder of its halves' ends. */
  private float level(int index) {
    float level = Float.NEGATIVE_INFINITY;
    if (index > 0 && unit(index - 1) >= 0) {
      level = Math.max(level, bank.peak(bank.firstFrame(unit(index - 1)) + (int) firstFrame + firstKept));
    }
    if (unit(index) >= 0) {
      level = Math.max(level, bank.peak(bank.firstFrame(unit(index)) + (int) secondFrame));
    }
    return level - WEAK_LOG2;
  }

  /** Whether nothing sounds there; also before and behind the line. */
  boolean isSilent(int index) {
    return index < 0 || index >= count || kind[index] == PhoneClass.SILENCE;
  }

  /** A stop that lasts is not all closure: its release grows with it, as in careful speech. */
  private void stretchRelease(int index, double room, double perFrame) {
    if (!PhoneClass.isVoiceless(bank.phones().get(phone[index])) || unit(index) < 0) {
      return;
    }
    int burst = burst(index);
    int release = boundary(index) - burst;
    double natural = release * perFrame;
    double wanted = Math.clamp(RELEASE_SHARE * room, natural, MOST_RELEASE_STRETCH * natural);
    double longer = Math.min(wanted - natural, holdSec);
    if (release == 0 || longer <= 0) {
      return;
    }
    slowPerFrameSec = perFrame + longer / release;
    releaseFrame = burst - (int) secondFrame;
    secondSec += longer;
    holdSec -= longer;
  }

  /** Frame of a unit, before its boundary, at which the noise of a release is strongest. */
  private int burst(int index) {
    int unit = unit(index);
    int from = (int) secondFrame;
    int best = from;
    float most = Float.NEGATIVE_INFINITY;
    for (int frame = from; frame < boundary(index); frame++) {
      bank.noise(bank.firstFrame(unit) + frame, noise);
      float loudest = Float.NEGATIVE_INFINITY;
      for (int band = BURST_FROM_BAND; band < noise.length; band++) {
        loudest = Math.max(loudest, noise[band]);
      }
      if (loudest > most) {
        most = loudest;
        best = frame;
      }
    }
    return best;
  }

  /** Frame of the first half unit at a time after the phone's start, up to {@link #firstSec}. */
  double firstPosition(double sec) {
    double frames = sec * firstRate;
    return firstFrame + (frames <= firstFast ? frames : firstFast + (sec - firstFast / firstRate) / slowPerFrameSec);
  }

  /** Frame of the second half unit at a time after the hold. */
  double secondPosition(double sec) {
    if (releaseFrame >= 0) {
      double before = releaseFrame / secondRate;
      return secondFrame + (sec < before ? sec * secondRate : releaseFrame + (sec - before) / slowPerFrameSec);
    }
    double slowSec = (secondKept - secondFast) * slowPerFrameSec;
    return secondFrame + (sec < slowSec ? sec / slowPerFrameSec : secondKept - secondFast + (sec - slowSec) * secondRate);
  }

  /**
   * When, after a time in the phone last planned, the next frame of a unit is reached, counted from the phone's start;
   * infinite while it is held.
   */
  double nextFrameSec(double local) {
    if (local < firstSec) {
      double slowFromSec = firstFast / firstRate;
      return local < slowFromSec ? next(local, 0, firstRate) : next(local, slowFromSec, 1 / slowPerFrameSec);
    }
    double from = firstSec + holdSec;
    if (local < from || secondKept == 0) {
      return local < from && secondKept > 0 ? from : Double.POSITIVE_INFINITY;
    }
    double sec = local - from;
    if (releaseFrame >= 0) {
      double releaseSec = releaseFrame / secondRate;
      return from + (sec < releaseSec ? next(sec, 0, secondRate) : next(sec, releaseSec, 1 / slowPerFrameSec));
    }
    double slowSec = (secondKept - secondFast) * slowPerFrameSec;
    return from + (sec < slowSec ? next(sec, 0, 1 / slowPerFrameSec) : next(sec, slowSec, secondRate));
  }

  /** The first whole frame after a time at a rate that holds from a time on. */
  private static double next(double sec, double fromSec, double rate) {
    return fromSec + (Math.floor((sec - fromSec) * rate + FRAME_ROUNDING) + 1) / rate;
  }

  private void keepNearBoundaries(int index, int in, int out, int keep) {
    if (kind[index] == PhoneClass.STOP) {
      secondKept = Math.min(out, keep);
      firstKept = Math.min(in, keep - secondKept);
      return;
    }
    int total = Math.max(1, in + out);
    firstKept = Math.min(in, (int) ((long) keep * in / total));
    secondKept = Math.min(out, keep - firstKept);
  }
}
