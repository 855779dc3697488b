package dev.cantora.engine.performance;

import java.util.List;

/**
 * Sings from a plan. Points that a changed plan lacks on the grid of {@link LinePerformer#PERIOD} samples are put on the
 * straight lines between those it has, so that every stretch begins and ends at a point; an unchanged plan lacks none.
 */
public final class PlannedLine implements LineSource {

  private final List<PlannedSpan> spans;
  private final PhaseLaw law;
  private final ControlPoint now;
  private int span;
  /** The point of the span that was reached; the next one lies ahead. */
  private int point;
  private boolean sounding;
  private long phase;

  /** @param timbres of the voice */
  public PlannedLine(PlannedSinger singer, int sampleRateHz, int timbres) {
    this.spans = singer.spans();
    this.law = new PhaseLaw(sampleRateHz);
    this.now = new ControlPoint(timbres);
  }

  @Override
  public void perform(long from, long to, ControlTrack out) {
    out.clear();
    if (sounding) {
      out.beginSpan(phase);
      out.add(now);
    }
    while (true) {
      if (!sounding) {
        if (span == spans.size() || spans.get(span).sample()[0] >= to) {
          return;
        }
        sounding = true;
        point = 0;
        phase = 0;
        moveTo(spans.get(span).sample()[0]);
        out.beginSpan(phase);
        out.add(now);
      }
      if (now.sample >= to) {
        return;
      }
      long at = now.sample;
      long grid = (at / LinePerformer.PERIOD + 1) * LinePerformer.PERIOD;
      long next = Math.min(Math.min(to, grid), spans.get(span).sample()[point + 1]);
      double before = now.f0Hz;
      moveTo(next);
      law.stretch(before, now.f0Hz, (int) (next - at));
      phase = law.end(phase, (int) (next - at));
      out.add(now);
      if (point + 1 == spans.get(span).points()) {
        sounding = false;
        span++;
      }
    }
  }

  /** Fills {@link #now} with the controls at a sample between the reached point and the next, both included. */
  private void moveTo(long at) {
    PlannedSpan s = spans.get(span);
    if (point + 1 < s.points() && s.sample()[point + 1] == at) {
      point++;
    }
    int a = point;
    int b = Math.min(point + 1, s.points() - 1);
    double part = a == b ? 0 : (double) (at - s.sample()[a]) / (s.sample()[b] - s.sample()[a]);
    now.sample = at;
    now.f0Hz = s.f0Hz()[a] + part * (s.f0Hz()[b] - s.f0Hz()[a]);
    now.level = between(s.level(), a, b, part);
    now.effort = between(s.effort(), a, b, part);
    now.breathiness = between(s.breathiness(), a, b, part);
    now.tension = between(s.tension(), a, b, part);
    now.formantShift = between(s.formantShift(), a, b, part);
    now.growl = between(s.growl(), a, b, part);
    now.fry = between(s.fry(), a, b, part);
    now.whisper = between(s.whisper(), a, b, part);
    now.pan = between(s.pan(), a, b, part);
    now.override = between(s.override(), a, b, part);
    for (int i = 0; i < now.weights.length; i++) {
      now.weights[i] = between(s.weights(), a * now.weights.length + i, b * now.weights.length + i, part);
    }
  }

  private static float between(float[] values, int a, int b, double part) {
    return (float) (values[a] + part * (values[b] - values[a]));
  }
}
