package dev.cantora.engine.synthesis;

import dev.cantora.engine.performance.ControlTrack;

/** The controls of one instant, between two points of a track. */
final class PointControls {

  double f0Hz;
  float level;
  float effort;
  float breathiness;
  float tension;
  float formantShift;
  float growl;
  float fry;
  float whisper;
  float override;
  final float[] weights;

  PointControls(int timbres) {
    weights = new float[timbres];
  }

  /** @param part of the way from a point to the next, 0..1 */
  void set(ControlTrack track, int point, double part) {
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
