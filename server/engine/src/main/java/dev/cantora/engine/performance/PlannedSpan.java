package dev.cantora.engine.performance;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import java.util.Map;

/**
 * Unbroken sound of one singer: controls at points, joined by straight lines. All arrays have one value per point but
 * {@code weights}, which has one per point and timbre; see {@link ControlTrack} for what they mean. The arrays belong to
 * the record: nobody writes them.
 *
 * @param sample strictly ascending, at least 0
 * @param f0Hz 1..24000
 * @param override share of the weights in the colour, 0..1
 * @param weights per point, then per timbre of the voice
 */
public record PlannedSpan(
    long[] sample,
    double[] f0Hz,
    float[] level,
    float[] effort,
    float[] breathiness,
    float[] tension,
    float[] formantShift,
    float[] growl,
    float[] fry,
    float[] whisper,
    float[] pan,
    float[] override,
    float[] weights) {

  /** @throws EngineException INVALID_BODY for points out of order or controls out of range */
  public PlannedSpan {
    int points = sample.length;
    for (int i = 0; i < points; i++) {
      if (sample[i] < 0 || i > 0 && sample[i] <= sample[i - 1]) {
        throw wrong("atSample", "must ascend strictly from at least 0");
      }
    }
    requireLength(points, "f0Hz", f0Hz.length);
    for (double hz : f0Hz) {
      requireRange("f0Hz", hz, 1, 24_000);
    }
    require(points, "level", level, 0, 8);
    require(points, "effort", effort, 0, 1);
    require(points, "breathiness", breathiness, 0, 1);
    require(points, "tension", tension, -1, 1);
    require(points, "formantShift", formantShift, -12, 12);
    require(points, "growl", growl, 0, 1);
    require(points, "fry", fry, 0, 1);
    require(points, "whisper", whisper, 0, 1);
    require(points, "pan", pan, -1, 1);
    require(points, "timbreShare", override, 0, 1);
    for (float weight : weights) {
      requireRange("timbres", weight, 0, 1);
    }
  }

  public int points() {
    return sample.length;
  }

  private static void require(int points, String name, float[] values, double min, double max) {
    requireLength(points, name, values.length);
    for (float value : values) {
      requireRange(name, value, min, max);
    }
  }

  private static void requireLength(int points, String name, int length) {
    if (length != points) {
      throw wrong(name, "must have one value, or one for each of the " + points + " points");
    }
  }

  private static void requireRange(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw wrong(name, "must lie in " + min + ".." + max);
    }
  }

  private static EngineException wrong(String name, String problem) {
    return new EngineException(Fault.INVALID_BODY, name + " " + problem, name, Map.of());
  }
}
