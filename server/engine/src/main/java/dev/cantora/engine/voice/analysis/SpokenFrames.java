package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.PhoneClass;
import java.util.List;

/** One analysed utterance: frames, formants, and for every segment where it starts and where it may be cut. */
final class SpokenFrames {

  /** How much silence before an utterance and how much after it belongs to its first and last unit. */
  private static final double LEAD_SEC = 0.03;
  private static final double TRAIL_SEC = 0.12;
  /** Most of a vowel that a unit keeps: by then transitions are over, the vowel's own target goes on from there. */
  private static final double VOWEL_SEC = 0.065;
  private static final int REACH = 4;

  final List<LabelledSegment> segments;
  final SpeechFrames frames;
  final float[][] formants;
  /** First frame of each segment, and the end of the last. */
  final int[] start;
  /** Cut of each segment. */
  final int[] cut;

  SpokenFrames(List<LabelledSegment> segments, SpeechFrames frames, float[][] formants) {
    this.segments = segments;
    this.frames = frames;
    this.formants = formants;
    start = new int[segments.size() + 1];
    cut = new int[segments.size()];
    int last = frames.count() - 1;
    for (int i = 0; i < segments.size(); i++) {
      start[i] = Math.min(last, frame(segments.get(i).startSec()));
    }
    start[segments.size()] = Math.min(last, frame(segments.getLast().endSec()));
    for (int i = 0; i < cut.length; i++) {
      cut[i] = cut(i);
    }
  }

  /** Whether a frame has harmonics. */
  boolean voiced(int frame) {
    return frames.voicing()[frame] > 0.5f;
  }

  /** Log2 RMS of a frame's loudest band of noise. */
  float noisePeak(int frame) {
    float peak = Float.NEGATIVE_INFINITY;
    for (float band : frames.noise()[frame]) {
      peak = Math.max(peak, band);
    }
    return peak;
  }

  private static int frame(double sec) {
    return (int) Math.round(sec / SpeechFrames.HOP_SEC);
  }

  /** Where a segment is cut when it begins a unit; a silence is cut shortly before what follows. */
  int cutAsLeft(int segment) {
    return switch (kind(segment)) {
      case SILENCE -> Math.max(start[segment], start[segment + 1] - frame(LEAD_SEC));
      case MONOPHTHONG -> Math.max(cut[segment], start[segment + 1] - frame(VOWEL_SEC));
      default -> cut[segment];
    };
  }

  /** Where a segment is cut when it ends a unit. */
  int cutAsRight(int segment) {
    return switch (kind(segment)) {
      case SILENCE -> Math.min(start[segment + 1], start[segment] + frame(TRAIL_SEC));
      case MONOPHTHONG -> Math.min(cut[segment], start[segment] + frame(VOWEL_SEC));
      default -> cut[segment];
    };
  }

  PhoneClass kind(int segment) {
    return PhoneClass.of(segments.get(segment).phone());
  }

  private int cut(int segment) {
    int from = start[segment];
    int length = start[segment + 1] - from;
    return switch (kind(segment)) {
      case MONOPHTHONG, APPROXIMANT -> steadiest(from + length * 0.35, from + length * 0.65);
      case DIPHTHONG -> steadiest(from + length * 0.2, from + length * 0.45);
      case NASAL, FRICATIVE -> steadiest(from + length * 0.35, from + length * 0.65);
      case STOP -> quietest(from + length * 0.15, from + length * 0.55);
      case SILENCE -> from + length / 2;
    };
  }

  private int steadiest(double low, double high) {
    int best = (int) Math.round((low + high) / 2);
    double least = Double.MAX_VALUE;
    for (int i = (int) Math.ceil(low); i <= high; i++) {
      double change = change(i) + 0.15 * Math.abs(i - (low + high) / 2);
      if (change < least) {
        least = change;
        best = i;
      }
    }
    return Math.clamp(best, 0, frames.count() - 1);
  }

  private double change(int i) {
    int a = Math.max(0, i - REACH);
    int b = Math.min(frames.count() - 1, i + REACH);
    double sum = 0;
    for (int p = 2; p < 80; p++) {
      sum += Math.abs(frames.envelope()[b][p] - frames.envelope()[a][p]);
    }
    for (int p = 0; p < frames.noise()[a].length - 3; p++) {
      sum += 2 * Math.abs(frames.noise()[b][p] - frames.noise()[a][p]);
    }
    return sum / 10;
  }

  private int quietest(double low, double high) {
    int best = (int) Math.round((low + high) / 2);
    double least = Double.MAX_VALUE;
    for (int i = (int) Math.ceil(low); i <= high && i < frames.count(); i++) {
      double power = 0;
      for (int p = 8; p < 129; p++) {
        power += StrictMath.pow(4, frames.envelope()[i][p]);
      }
      for (float level : frames.noise()[i]) {
        power += StrictMath.pow(4, level);
      }
      if (power < least) {
        least = power;
        best = i;
      }
    }
    return Math.clamp(best, 0, frames.count() - 1);
  }
}
