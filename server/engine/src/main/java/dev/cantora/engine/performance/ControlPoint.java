package dev.cantora.engine.performance;

/** Every control of one singer at one instant; {@link ControlTrack} says what each means. */
public final class ControlPoint {

  public long sample;
  public double f0Hz;
  public float level;
  public float effort;
  public float breathiness;
  public float tension;
  public float formantShift;
  public float growl;
  public float fry;
  public float whisper;
  public float pan;
  public float override;
  public final float[] weights;

  /** @param timbres of the voice */
  public ControlPoint(int timbres) {
    weights = new float[timbres];
  }

  /** What controls act on gains at a part of the way from a point of a track to the next. @param part 0..1 */
  public void setBetween(ControlTrack track, int point, double part) {
    float p = (float) part;
    int next = part == 0 ? point : point + 1;
    f0Hz = track.f0Hz[point] + part * (track.f0Hz[next] - track.f0Hz[point]);
    level = between(track.level, point, next, p);
    effort = between(track.effort, point, next, p);
    breathiness = between(track.breathiness, point, next, p);
    tension = between(track.tension, point, next, p);
    formantShift = between(track.formantShift, point, next, p);
    growl = between(track.growl, point, next, p);
    fry = between(track.fry, point, next, p);
    whisper = between(track.whisper, point, next, p);
    override = between(track.override, point, next, p);
    for (int i = 0; i < weights.length; i++) {
      float from = track.weights[point * weights.length + i];
      weights[i] = Math.fma(p, track.weights[next * weights.length + i] - from, from);
    }
  }

  private static float between(float[] column, int point, int next, float part) {
    return Math.fma(part, column[next] - column[point], column[point]);
  }
}
