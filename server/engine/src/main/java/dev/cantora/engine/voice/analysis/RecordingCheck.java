package dev.cantora.engine.voice.analysis;

import dev.cantora.engine.voice.units.PhoneAlphabet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Judges recordings before a voice is made of them; every finding is a sentence that names the recording. */
public final class RecordingCheck {

  private static final int LEAST_RATE_HZ = 16000;
  private static final int MOST_RATE_HZ = 192000;
  private static final double SHORTEST_SEC = 0.2;
  /** Samples in a row at the rails that make a clipped peak, not a lucky one. */
  private static final int CLIPPED_RUN = 3;
  private static final float RAIL = 0.999f;
  /** Between two samples, of the full range: speech never moves so fast, numbers that overflowed do. */
  private static final float OVERFLOW_STEP = 1.4f;
  private static final double FRAME_SEC = 0.02;
  /** Least distance between the loudest twentieth of a recording and its quietest. */
  private static final double LEAST_RANGE_DB = 20;
  private static final double QUIETEST_PEAK = 0.01;

  private RecordingCheck() {}

  /** What is wrong with a recording as sound; empty when it can be used. */
  public static List<String> sound(Recording recording) {
    var problems = new ArrayList<String>();
    String name = recording.name();
    int rate = recording.rateHz();
    if (rate < LEAST_RATE_HZ || rate > MOST_RATE_HZ) {
      problems.add(name + ": " + rate + " Hz; record at " + LEAST_RATE_HZ + " to " + MOST_RATE_HZ + " Hz, best at 48000");
      return problems;
    }
    if (recording.durationSec() < SHORTEST_SEC) {
      problems.add(String.format(Locale.ROOT, "%s: %.2f s is too short, at least %.1f s are needed", name,
          recording.durationSec(), SHORTEST_SEC));
      return problems;
    }
    float peak = 0;
    int run = 0;
    int clipped = 0;
    int overflowed = 0;
    float before = 0;
    for (float x : recording.samples()) {
      float magnitude = Math.abs(x);
      if (!(magnitude <= 1e6f)) {
        problems.add(name + ": holds values that are not numbers");
        return problems;
      }
      peak = Math.max(peak, magnitude);
      run = magnitude >= RAIL ? run + 1 : 0;
      clipped += run == CLIPPED_RUN ? 1 : 0;
      overflowed += Math.abs(x - before) > OVERFLOW_STEP ? 1 : 0;
      before = x;
    }
    if (overflowed > 0) {
      problems.add(name + ": numbers overflowed in " + overflowed + " places; make it again with less level");
    }
    if (clipped > 0) {
      problems.add(name + ": clipped in " + clipped + " places; record with less gain");
    }
    if (peak < QUIETEST_PEAK) {
      problems.add(name + ": too quiet, its peak is below -40 dBFS");
    }
    return problems;
  }

  /** What is wrong with a recording as labelled speech, beyond {@link #sound}. */
  public static List<String> speech(LabelledRecording labelled) {
    var problems = new ArrayList<>(sound(labelled.recording()));
    String name = labelled.recording().name();
    if (labelled.segments().isEmpty()) {
      problems.add(name + ": has no labels");
      return problems;
    }
    if (!problems.isEmpty()) {
      return problems;
    }
    double end = speechEndSec(labelled.segments());
    if (end > labelled.recording().durationSec() + 0.05) {
      problems.add(String.format(Locale.ROOT, "%s: labels end at %.2f s, the recording at %.2f s", name, end,
          labelled.recording().durationSec()));
    }
    double range = rangeDb(labelled);
    if (range < LEAST_RANGE_DB) {
      problems.add(String.format(Locale.ROOT, "%s: noisy, what is labelled silence lies only %.0f dB below the speech", name, range));
    }
    return problems;
  }

  /** End of the last sound; the silence after it may be labelled longer than it was kept (flite cuts its own in half). */
  private static double speechEndSec(List<LabelledSegment> segments) {
    LabelledSegment last = segments.getLast();
    return last.phone().equals("SIL") ? last.startSec() : last.endSec();
  }

  /** Phones of the full inventory that no recording holds, ascending. */
  public static List<String> missingPhones(List<LabelledRecording> recordings) {
    var missing = new TreeSet<>(PhoneAlphabet.PHONES);
    for (LabelledRecording recording : recordings) {
      recording.segments().forEach(segment -> missing.remove(segment.phone()));
    }
    missing.remove("SIL");
    missing.removeIf(phone -> PhoneAlphabet.standIns(phone).stream().anyMatch(other -> !missing.contains(other)));
    return List.copyOf(missing);
  }

  /** Level of labelled speech over labelled silence; infinite where no silence is labelled. */
  private static double rangeDb(LabelledRecording labelled) {
    Recording recording = labelled.recording();
    var speech = new ArrayList<Double>();
    var silence = new ArrayList<Double>();
    for (LabelledSegment segment : labelled.segments()) {
      int span = (int) (FRAME_SEC * recording.rateHz());
      int to = (int) Math.min(recording.samples().length, segment.endSec() * recording.rateHz());
      for (int at = (int) (segment.startSec() * recording.rateHz()); at + span <= to; at += span) {
        double power = 1e-12;
        for (int i = at; i < at + span; i++) {
          power += recording.samples()[i] * recording.samples()[i] / (double) span;
        }
        (segment.phone().equals("SIL") ? silence : speech).add(10 * StrictMath.log10(power));
      }
    }
    return silence.isEmpty() || speech.isEmpty() ? Double.POSITIVE_INFINITY : quantile(speech, 0.9) - quantile(silence, 0.5);
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }
}
