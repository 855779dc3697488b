package dev.cantora.engine.performance;

import java.util.Arrays;

/** A singer's level over the whole score: corners of a line in samples, read forwards. */
final class LevelCurve {

  private long[] sample = new long[16];
  private float[] level = new float[16];
  private float[] effort = new float[16];
  private int size;

  /** Appends a corner; one at or before the last corner's time replaces the end of the curve from there. */
  void add(long at, double newLevel, double newEffort) {
    while (size > 0 && sample[size - 1] >= at) {
      size--;
    }
    if (size == sample.length) {
      sample = Arrays.copyOf(sample, size * 2);
      level = Arrays.copyOf(level, size * 2);
      effort = Arrays.copyOf(effort, size * 2);
    }
    sample[size] = at;
    level[size] = (float) newLevel;
    effort[size] = (float) newEffort;
    size++;
  }

  /** Cuts the curve at a time, keeping the level it has there, and returns that level. */
  float cut(long at) {
    if (size == 0) {
      return 0;
    }
    int next = size;
    while (next > 0 && sample[next - 1] > at) {
      next--;
    }
    if (next == size) {
      return level[size - 1];
    }
    if (next == 0) {
      size = 0;
      return 0;
    }
    double part = (double) (at - sample[next - 1]) / (sample[next] - sample[next - 1]);
    float there = (float) (level[next - 1] + part * (level[next] - level[next - 1]));
    float aim = (float) (effort[next - 1] + part * (effort[next] - effort[next - 1]));
    size = next;
    add(at, there, aim);
    return there;
  }

  int size() {
    return size;
  }

  long sampleAt(int corner) {
    return sample[corner];
  }

  float levelAt(int corner) {
    return level[corner];
  }

  float effortAt(int corner) {
    return effort[corner];
  }
}
