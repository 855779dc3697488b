package dev.cantora.engine.live;

/** Level and effort of a live note: one straight line at a time, always from what was reached. */
final class LevelRamp {

  private long fromSample;
  private long toSample;
  private float fromLevel;
  private float toLevel;
  private float fromEffort;
  private float toEffort;

  /** Silence at a sample. */
  void reset(long at, float effort) {
    fromSample = at;
    toSample = at;
    fromLevel = 0f;
    toLevel = 0f;
    fromEffort = effort;
    toEffort = effort;
  }

  /** Turns at a sample towards a level, to be reached after some samples, at least 1. */
  void aim(long at, float level, float effort, int samples) {
    float levelNow = level(at);
    float effortNow = effort(at);
    fromSample = at;
    toSample = at + samples;
    fromLevel = levelNow;
    fromEffort = effortNow;
    toLevel = level;
    toEffort = effort;
  }

  float level(long at) {
    return along(at, fromLevel, toLevel);
  }

  float effort(long at) {
    return along(at, fromEffort, toEffort);
  }

  float aimedEffort() {
    return toEffort;
  }

  /** Sample at which the line ends. */
  long end() {
    return toSample;
  }

  boolean isSilentFrom(long at) {
    return toLevel == 0f && at >= toSample;
  }

  private float along(long at, float from, float to) {
    if (at >= toSample) {
      return to;
    }
    float part = (float) ((double) (at - fromSample) / (toSample - fromSample));
    return Math.fma(part, to - from, from);
  }
}
