package dev.cantora.engine;

import java.util.Map;

/** The one exception the engine throws for input it cannot use; {@link Fault} names equal the wire's error codes. */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. Every name is also a code of {@code api-spec/errors.yaml}; a daemon test holds that. */
  public enum Fault {
    INVALID_BODY,
    UNSUPPORTED_SCORE_VERSION,
    UNSUPPORTED_PRESET_VERSION,
    PRESET_NOT_FOUND,
    INVALID_PRESET_ID,
    ASSET_NOT_FOUND,
    ASSET_INTEGRITY_MISMATCH,
    ASSET_CORRUPT,
    ASSET_SHAPE_MISMATCH,
    INVALID_ASSET_PATH,
    RENDER_CANCELLED,
    UNKNOWN_SCORE_FORMAT,
    SCORE_FILE_UNREADABLE,
    SCORE_FILE_TOO_LARGE
  }

  private final Fault fault;
  private final String path;
  private final transient Map<String, Object> details;

  public EngineException(Fault fault, String message) {
    this(fault, message, null, Map.of());
  }

  /**
   * @param path dotted path of the offending field such as {@code score.notes.3.timbre}, or null
   * @param details extra fields for the caller, JSON-friendly values, never absolute file paths
   */
  public EngineException(Fault fault, String message, String path, Map<String, Object> details) {
    super(message);
    this.fault = fault;
    this.path = path;
    this.details = Map.copyOf(details);
  }

  public Fault fault() {
    return fault;
  }

  /** Dotted path of the offending field, or null. */
  public String path() {
    return path;
  }

  public Map<String, Object> details() {
    return details;
  }
}
