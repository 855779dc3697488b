package dev.cantora.engine.score;

import dev.cantora.engine.EngineException;
import java.util.Map;

/** Range checks shared by the records of a score. NaN is outside every range. */
final class Bounds {
  private Bounds() {}

  static void require(double value, double min, double max, String path) {
    if (!(value >= min && value <= max)) {
      throw new EngineException(EngineException.Fault.INVALID_BODY,
          path + " must lie in " + min + ".." + max + ", was " + value, path, Map.of());
    }
  }

  static <T> T requirePresent(T value, String path) {
    if (value == null) {
      throw new EngineException(EngineException.Fault.INVALID_BODY, path + " is required", path, Map.of());
    }
    return value;
  }
}
